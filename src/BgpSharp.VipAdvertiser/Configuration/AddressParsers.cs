using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>How the texts of addresses, names and endpoints become values.</summary>
internal static class AddressParsers
{
    private const int LongestName = 253, LongestLabel = 63;

    /// <summary>A peer or a source: a unicast address of one host, with its interface when it is link-local.</summary>
    public static bool Host(string text, out IPAddress value)
    {
        var isAddress = Unicast(text, out value!) || LinkLocal(text, out value!);
        value ??= IPAddress.None;
        return isAddress;
    }

    public static bool OptionalHost(string text, out IPAddress? value) => Unicast(text, out value) || LinkLocal(text, out value);

    public static bool NextHopIpv4(string text, out IPAddress? value) =>
        Unicast(text, out value) && value!.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(value);

    public static bool NextHopIpv6(string text, out IPAddress? value) =>
        Unicast(text, out value) && value!.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(value);

    public static bool Vip(string text, out VipName? value)
    {
        value = Unicast(text, out var address) && !IPAddress.IsLoopback(address!) ? new VipName(text, address)
            : IsName(text) ? new VipName(text, null)
            : null;
        return value is not null;
    }

    /// <summary>Several with commas between.</summary>
    public static bool Vips(string text, out IReadOnlyList<VipName>? value)
    {
        var vips = new List<VipName>();
        value = vips;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Vip(part, out var vip))
            {
                return false;
            }

            vips.Add(vip!);
        }

        return true;
    }

    /// <summary><c>:2112</c> for all addresses, ADDRESS:2112, or none.</summary>
    public static bool Listen(string text, out IPEndPoint? value)
    {
        value = null;
        if (text == "none")
        {
            return true;
        }

        if (text.StartsWith(':') && SettingParsers.Port(text[1..], out var port))
        {
            value = new IPEndPoint(IPAddress.IPv6Any, port);
            return true;
        }

        return text.LastIndexOf(':') > 0 && SettingParsers.Port(text[(text.LastIndexOf(':') + 1)..], out _) && IPEndPoint.TryParse(text, out value)
            && (value.AddressFamily == AddressFamily.InterNetwork || text.StartsWith('['));
    }

    /// <summary>In the usual form: not 10.1 for 10.0.0.1, no octal; not unspecified, multicast, link-local or an IPv4 address in IPv6.</summary>
    private static bool Unicast(string text, out IPAddress? value)
    {
        value = null;
        if (text.AsSpan().ContainsAny("[]%/") || !IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        value = address;
        return address.AddressFamily == AddressFamily.InterNetwork
            ? address.ToString() == text && address.GetAddressBytes()[0] is > 0 and < 224
            : !(address.IsIPv6LinkLocal || address.IsIPv6Multicast || address.IsIPv4MappedToIPv6 || address.Equals(IPAddress.IPv6Any));
    }

    /// <summary>With the name or the number of an interface that is there.</summary>
    private static bool LinkLocal(string text, out IPAddress? value)
    {
        var read = IPAddress.TryParse(text, out value) && value.IsIPv6LinkLocal && value.ScopeId != 0 && !text.StartsWith('[');
        value = read ? value : null;
        return read;
    }

    /// <summary>Labels of letters, digits and hyphens; the last is no number, or a mistyped address would be a name.</summary>
    private static bool IsName(string text)
    {
        var labels = (text.EndsWith('.') ? text[..^1] : text).Split('.');
        return text.Length <= LongestName
            && labels.All(label => label.Length is > 0 and <= LongestLabel
                && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                && label[0] != '-' && label[^1] != '-')
            && !long.TryParse(labels[^1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }
}
