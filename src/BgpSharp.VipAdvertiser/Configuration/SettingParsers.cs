using System.Globalization;
using System.Text;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>How the text of each kind of setting becomes a value.</summary>
internal static class SettingParsers
{
    /// <summary>A day, in seconds.</summary>
    public const int LongestSendHoldTime = 86400;

    private const int LongestPassword = 80, MostPrepended = 25;

    /// <summary>Twelve bits (RFC 4724 §3).</summary>
    private const int LongestRestartTime = 4095;

    /// <summary>RFC 9003 §2.</summary>
    private const int LongestMessage = 255;
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromMilliseconds(10), LongestDuration = TimeSpan.FromHours(1);

    public static bool ControlName(string text, out string value)
    {
        value = text;
        return ControlAddress.IsValid(text);
    }

    public static bool AsNumber(string text, out Asn value) => Asn.TryParse(text, out value) && value.Value != 0 && value != Asn.Trans;

    public static bool RouterId(string text, out BgpIdentifier value) => BgpIdentifier.TryParse(text, out value) && value.Value != 0;

    public static bool Level(string text, out LogLevel value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsAsciiLetter(text[0]);

    public static bool Format(string text, out LogFormat value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsAsciiLetter(text[0]);

    public static bool RecorderOctets(string text, out int value) => Number(text, 0, 262144, out value) && value is 0 or >= 4096;

    public static bool Boolean(string text, out bool value) => bool.TryParse(text, out value);

    public static bool OptionalBoolean(string text, out bool? value)
    {
        var read = bool.TryParse(text, out var parsed);
        value = parsed;
        return read;
    }

    public static bool BfdInterval(string text, out TimeSpan? value)
    {
        var read = Number(text, 10, 60000, out var milliseconds);
        value = TimeSpan.FromMilliseconds(milliseconds);
        return read;
    }

    public static bool GlobalScope(string text, out bool value)
    {
        value = text == "global";
        return text is "host" or "global";
    }

    public static bool Access(string text, out StatusAccess value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsAsciiLetter(text[0]);

    public static bool Mode(string text, out DnsMode value) =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && char.IsAsciiLetter(text[0]);

    public static bool Communities(string text, out IReadOnlyList<Community>? value) => List(text, Community.TryParse, out value);

    public static bool LargeCommunities(string text, out IReadOnlyList<LargeCommunity>? value) => List(text, LargeCommunity.TryParse, out value);

    public static bool Unsigned(string text, out uint? value)
    {
        var read = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        value = number;
        return read;
    }

    public static bool Prepend(string text, out int? value)
    {
        var read = Number(text, 0, MostPrepended, out var number);
        value = number;
        return read;
    }

    public static bool Port(string text, out int value) => Number(text, 1, 65535, out value);

    public static bool Count(string text, out int value) => Number(text, 1, 1000, out value);

    public static bool Ttl(string text, out int? value)
    {
        var read = Number(text, 1, 255, out var number);
        value = number;
        return read;
    }

    public static bool Hops(string text, out int? value)
    {
        var read = Number(text, 1, 254, out var number);
        value = number;
        return read;
    }

    public static bool HoldTime(string text, out TimeSpan value)
    {
        var read = Number(text, 3, 65535, out var seconds);
        value = TimeSpan.FromSeconds(seconds);
        return read;
    }

    /// <summary>A third of the longest hold time at most.</summary>
    public static bool KeepaliveInterval(string text, out TimeSpan? value)
    {
        var read = Number(text, 1, 65535 / 3, out var seconds);
        value = TimeSpan.FromSeconds(seconds);
        return read;
    }

    public static bool SendHoldTime(string text, out TimeSpan? value)
    {
        var read = Number(text, 4, LongestSendHoldTime, out var seconds);
        value = TimeSpan.FromSeconds(seconds);
        return read;
    }

    public static bool RestartTime(string text, out TimeSpan? value)
    {
        var read = Number(text, 1, LongestRestartTime, out var seconds);
        value = TimeSpan.FromSeconds(seconds);
        return read;
    }

    public static bool InterfaceName(string text, out string value)
    {
        value = text;
        return text is not ("." or "..") && Encoding.UTF8.GetByteCount(text) <= 15
            && !text.Any(character => character is '/' or ':' || char.IsWhiteSpace(character) || char.IsControl(character));
    }

    public static bool Duration(string text, out TimeSpan value)
    {
        var (number, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], TimeSpan.FromMilliseconds(1)),
            _ when text.EndsWith('s') => (text[..^1], TimeSpan.FromSeconds(1)),
            _ when text.EndsWith('m') => (text[..^1], TimeSpan.FromMinutes(1)),
            _ when text.EndsWith('h') => (text[..^1], TimeSpan.FromHours(1)),
            _ => (text, TimeSpan.FromSeconds(1)),
        };
        value = default;
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || amount > LongestDuration.Ticks / unit.Ticks)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)(amount * unit.Ticks));
        return value >= ShortestDuration;
    }

    public static bool DurationOrNone(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        return text is "0" or "0s" || Duration(text, out value);
    }

    public static bool Message(string text, out string? value)
    {
        value = text;
        return Encoding.UTF8.GetByteCount(text) <= LongestMessage;
    }

    public static bool Password(string text, out BgpSecret? value)
    {
        value = BgpSecret.FromString(text);
        return IsPassword(text);
    }

    public static bool PasswordFile(string text, out BgpSecret? value)
    {
        value = BgpSecret.FromFile(text);
        try
        {
            return IsPassword(File.ReadAllText(text).TrimEnd('\r', '\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static bool PasswordVariable(string text, out BgpSecret? value)
    {
        value = BgpSecret.FromEnvironmentVariable(text);
        return Environment.GetEnvironmentVariable(text) is { } password && IsPassword(password);
    }

    private delegate bool TryParse<T>(ReadOnlySpan<char> text, out T value);

    private static bool IsPassword(string text) => Encoding.UTF8.GetByteCount(text) is >= 1 and <= LongestPassword;

    /// <summary>Values with commas between.</summary>
    private static bool List<T>(string text, TryParse<T> parse, out IReadOnlyList<T>? value)
    {
        var values = new List<T>();
        value = values;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!parse(part, out var one))
            {
                return false;
            }

            values.Add(one);
        }

        return true;
    }

    private static bool Number(string text, int least, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
}
