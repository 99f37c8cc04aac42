using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Hosting.Configuration;

/// <summary>Every kind of value there is in a section. Whether a value makes sense where it stands, the library says.</summary>
internal static class SettingKinds
{
    private const int BgpPort = 179;

    /// <summary>Thirty years, more than anything waits.</summary>
    private const decimal LongestSeconds = 1_000_000_000;

    public static readonly SettingKind<string> Text = new(ParseText, "a text");
    public static readonly SettingKind<bool> Flag = new(bool.TryParse, "true or false");
    public static readonly SettingKind<int> Number = new(ParseNumber, "a whole number");
    public static readonly SettingKind<uint> Metric = new(ParseMetric, "a number from 0 to 4294967295");
    public static readonly SettingKind<TimeSpan> Time = new(ParseTime, "a time, as seconds (90, 0.5) or hours, minutes and seconds (00:01:30)");
    public static readonly SettingKind<Asn> AsNumber = new((string text, out Asn value) => Asn.TryParse(text, out value), "an AS number from 1 to 4294967295, such as 65000 or 1.10");
    public static readonly SettingKind<BgpIdentifier> Identifier = new((string text, out BgpIdentifier value) => BgpIdentifier.TryParse(text, out value), "four dotted octets, not 0.0.0.0, such as 198.51.100.11");
    public static readonly SettingKind<IPAddress> Address = new(ParseAddress, "an IP address, such as 198.51.100.1 or 2001:db8::1");
    public static readonly SettingKind<IPEndPoint> EndPoint = new(ParseEndPoint, "an IP address, and a port where it is not 179, such as 198.51.100.11 or [2001:db8::11]:1179");
    public static readonly SettingKind<BgpFamily> Family = new(ParseFamily, "ipv4-unicast or ipv6-unicast");
    public static readonly SettingKind<IpPrefix> Prefix = new((string text, out IpPrefix value) => IpPrefix.TryParse(text, out value), "a prefix without host bits, such as 203.0.113.10/32");
    public static readonly SettingKind<AsPath> Path = new((string text, out AsPath value) => AsPath.TryParse(text, out value), "AS numbers with blanks between them, such as 65000 65000");
    public static readonly SettingKind<Community> Community = new((string text, out Community value) => BgpSharp.Community.TryParse(text, out value), "a community, such as 65000:100 or no-export");
    public static readonly SettingKind<LargeCommunity> LargeCommunity = new((string text, out LargeCommunity value) => BgpSharp.LargeCommunity.TryParse(text, out value), "a large community, such as 65000:1:2");

    /// <summary>The names of an enumeration; its numbers are not for people.</summary>
    public static SettingKind<T> NameOf<T>()
        where T : struct, Enum => new(ParseName, string.Join(", ", Enum.GetNames<T>()));

    private static bool ParseName<T>(string text, out T value)
        where T : struct, Enum
    {
        value = default;
        return Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(text, ignoreCase: true, out value);
    }

    private static bool ParseText(string text, out string value)
    {
        value = text;
        return true;
    }

    private static bool ParseNumber(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool ParseMetric(string text, out uint value) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool ParseTime(string text, out TimeSpan value)
    {
        if (text.Contains(':', StringComparison.Ordinal))
        {
            // 1:30 could be hours and minutes, or minutes and seconds.
            value = default;
            return text.Count(':') == 2 && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value);
        }

        // Without a colon .NET would take days.
        var isTime = decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) <= LongestSeconds;
        value = isTime ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) : default;
        return isTime;
    }

    /// <summary>In its usual form: not 10.1 for 10.0.0.1, no octal, no port that would be ignored.</summary>
    private static bool ParseAddress(string text, [MaybeNullWhen(false)] out IPAddress value) =>
        IPAddress.TryParse(text, out value) && (value.AddressFamily == AddressFamily.InterNetworkV6 ? !text.Contains('[', StringComparison.Ordinal) : value.ToString() == text);

    private static bool ParseEndPoint(string text, [MaybeNullWhen(false)] out IPEndPoint value)
    {
        if (ParseAddress(text, out var address))
        {
            value = new IPEndPoint(address, BgpPort);
            return true;
        }

        return IPEndPoint.TryParse(text, out value) && text.EndsWith($":{value.Port}", StringComparison.Ordinal);
    }

    private static bool ParseFamily(string text, out BgpFamily value)
    {
        value = BgpFamily.Ipv6Unicast.ToString().Equals(text, StringComparison.OrdinalIgnoreCase) ? BgpFamily.Ipv6Unicast : BgpFamily.Ipv4Unicast;
        return value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase);
    }
}
