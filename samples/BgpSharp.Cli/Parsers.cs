using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Cli;

/// <summary>Reads values; what is wrong is reported with the option's name, the value and what is allowed.</summary>
internal static class Parsers
{
    public const int DefaultPort = 179;

    public delegate bool TryParse<T>(string text, out T value);

    public static Func<ArgumentResult, T?> For<T>(string name, TryParse<T> parse, string allowed) => result =>
    {
        var text = result.Tokens[^1].Value;
        if (parse(text, out var value))
        {
            return value;
        }

        result.AddError($"{name} is '{text}'; allowed: {allowed}");
        return default;
    };

    public static bool TryParseAsn(string text, out Asn asn) => Asn.TryParse(text, out asn) && asn != 0;

    public static bool TryParseIdentifier(string text, out BgpIdentifier? identifier)
    {
        var parsed = BgpIdentifier.TryParse(text, out var value) && value.Value != 0;
        identifier = value;
        return parsed;
    }

    public static bool TryParseHoldTime(string text, out TimeSpan? holdTime)
    {
        var parsed = ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        holdTime = TimeSpan.FromSeconds(seconds);
        return parsed && seconds is 0 or >= 3;
    }

    /// <summary>A unicast address; an IPv4 one in its full form only.</summary>
    public static bool TryParseUnicast(string text, out IPAddress? address) =>
        TryParseAddress(text, out address) && !IsAny(address!) && !IsMulticast(address!);

    /// <summary>A unicast address, with a port or not; an IPv6 address with a port is in brackets.</summary>
    public static bool TryParsePeer(string text, out IPEndPoint? peer)
    {
        peer = TryParseUnicast(text, out var alone) ? new IPEndPoint(alone!, DefaultPort) : null;
        return peer is not null
            || (TryParseWithPort(text, out peer) && peer!.Port != 0 && !IsAny(peer.Address) && !IsMulticast(peer.Address));
    }

    /// <summary>An address of this host, or that of all, with the port to listen on; port 0 takes a free one.</summary>
    public static bool TryParseLocal(string text, out IPEndPoint? local) =>
        TryParseWithPort(text, out local) && !IsMulticast(local!.Address);

    public static bool IsAny(IPAddress address) => IPAddress.Any.Equals(address) || IPAddress.IPv6Any.Equals(address);

    private static bool TryParseWithPort(string text, out IPEndPoint? endPoint)
    {
        endPoint = null;
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var (host, family) = text[..colon] is ['[', .. var inside, ']']
            ? (inside, AddressFamily.InterNetworkV6)
            : (text[..colon], AddressFamily.InterNetwork);
        if (!TryParseAddress(host, out var address) || address!.AddressFamily != family)
        {
            return false;
        }

        endPoint = new IPEndPoint(address, port);
        return true;
    }

    // IPAddress also reads 10.1, 0x7f000001 and [2001:db8::1]:179, the port of which it drops.
    private static bool TryParseAddress(string text, out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.Contains('[') : address.ToString() == text);

    private static bool IsMulticast(IPAddress address) =>
        address.IsIPv6Multicast || (address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and < 240);
}
