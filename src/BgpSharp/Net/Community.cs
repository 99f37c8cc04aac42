using System.Buffers.Binary;
using System.Globalization;

namespace BgpSharp;

/// <summary>A BGP community (RFC 1997): four octets, written <c>65000:100</c> or by a well-known name.</summary>
/// <param name="Value">The four octets as a number.</param>
public readonly record struct Community(uint Value) : ISpanParsable<Community>, ISpanFormattable, IUtf8SpanFormattable, IWireValue<Community>, IText
{
    /// <summary>GRACEFUL_SHUTDOWN, 65535:0 (RFC 8326).</summary>
    public static readonly Community GracefulShutdown = new(0xFFFF0000);

    /// <summary>ACCEPT_OWN, 65535:1 (RFC 7611).</summary>
    public static readonly Community AcceptOwn = new(0xFFFF0001);

    /// <summary>LLGR_STALE, 65535:6 (RFC 9494).</summary>
    public static readonly Community LlgrStale = new(0xFFFF0006);

    /// <summary>NO_LLGR, 65535:7 (RFC 9494).</summary>
    public static readonly Community NoLlgr = new(0xFFFF0007);

    /// <summary>BLACKHOLE, 65535:666 (RFC 7999).</summary>
    public static readonly Community Blackhole = new(0xFFFF029A);

    /// <summary>NO_EXPORT, 65535:65281 (RFC 1997).</summary>
    public static readonly Community NoExport = new(0xFFFFFF01);

    /// <summary>NO_ADVERTISE, 65535:65282 (RFC 1997).</summary>
    public static readonly Community NoAdvertise = new(0xFFFFFF02);

    /// <summary>NO_EXPORT_SUBCONFED, 65535:65283 (RFC 1997).</summary>
    public static readonly Community NoExportSubconfed = new(0xFFFFFF03);

    /// <summary>NOPEER, 65535:65284 (RFC 3765).</summary>
    public static readonly Community NoPeer = new(0xFFFFFF04);

    // IANA's registry of well-known communities.
    private static readonly (string Name, Community Value)[] WellKnown =
    [
        ("graceful-shutdown", GracefulShutdown),
        ("accept-own", AcceptOwn),
        ("route-filter-translated-v4", new(0xFFFF0002)),
        ("route-filter-v4", new(0xFFFF0003)),
        ("route-filter-translated-v6", new(0xFFFF0004)),
        ("route-filter-v6", new(0xFFFF0005)),
        ("llgr-stale", LlgrStale),
        ("no-llgr", NoLlgr),
        ("accept-own-nexthop", new(0xFFFF0008)),
        ("standby-pe", new(0xFFFF0009)),
        ("blackhole", Blackhole),
        ("no-export", NoExport),
        ("no-advertise", NoAdvertise),
        ("no-export-subconfed", NoExportSubconfed),
        ("no-peer", NoPeer),
    ];

    /// <summary>Makes a community from its two halves.</summary>
    /// <param name="high">The first number, usually an AS.</param>
    /// <param name="low">The second number.</param>
    public Community(ushort high, ushort low)
        : this(((uint)high << 16) | low)
    {
    }

    /// <summary>The first number, usually an AS.</summary>
    public ushort High => (ushort)(Value >> 16);

    /// <summary>The second number.</summary>
    public ushort Low => (ushort)Value;

    /// <summary>Reads <c>65000:100</c> or a well-known name such as <c>no-export</c>.</summary>
    /// <param name="text">The text, without blanks.</param>
    /// <returns>The community.</returns>
    /// <exception cref="FormatException">The text is neither form.</exception>
    public static Community Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var community)
            ? community
            : throw new FormatException($"'{text}' is not a community: 0-65535:0-65535, as in 65000:100, or a well-known name such as no-export.");
    }

    /// <summary>Reads either form without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="community">The community, when the result is true.</param>
    /// <returns>Whether the text was a community.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Community community)
    {
        foreach (var (name, value) in WellKnown)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                community = value;
                return true;
            }
        }

        community = default;
        var colon = text.IndexOf(':');
        if (colon < 0
            || !ushort.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var high)
            || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var low))
        {
            return false;
        }

        community = new Community(high, low);
        return true;
    }

    /// <summary>The well-known name, or both numbers.</summary>
    /// <returns>For example <c>65000:100</c> or <c>no-export</c>.</returns>
    public override string ToString() => TextForm.ToString(this);

    /// <summary>Writes the text form.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="charsWritten">How many characters were written.</param>
    /// <param name="format">Empty: there is one form only.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="FormatException">There is no such format.</exception>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TextForm.TryFormat(this, destination, out charsWritten, format);

    /// <summary>Writes the text form in UTF-8.</summary>
    /// <param name="utf8Destination">Where to write.</param>
    /// <param name="bytesWritten">How many octets were written.</param>
    /// <param name="format">Empty: there is one form only.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>Whether there was room.</returns>
    /// <exception cref="FormatException">There is no such format.</exception>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TextForm.TryFormat(this, utf8Destination, out bytesWritten, format);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => TextForm.ToString(this, format);

    void IText.WriteText<TChar>(ref TextBuffer<TChar> text, ReadOnlySpan<char> format)
    {
        TextForm.RequireNoFormat(format);
        if (High == ushort.MaxValue)
        {
            foreach (var (name, value) in WellKnown)
            {
                if (value == this)
                {
                    text.Append(name);
                    return;
                }
            }
        }

        text.Append(High);
        text.Append(':');
        text.Append(Low);
    }

    static Community ISpanParsable<Community>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<Community>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Community result) => TryParse(s, out result);

    static Community IParsable<Community>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Community>.TryParse(string? s, IFormatProvider? provider, out Community result) => TryParse(s, out result);

    static int IWireValue<Community>.WireLength => 4;

    static Community IWireValue<Community>.ReadFrom(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt32BigEndian(octets));

    void IWireValue<Community>.WriteTo(Span<byte> octets) => BinaryPrimitives.WriteUInt32BigEndian(octets, Value);
}
