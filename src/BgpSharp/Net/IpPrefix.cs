using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

/// <summary>
/// An IPv4 or IPv6 prefix: the network bits and their count. Host bits are always zero, so that equal prefixes are
/// equal values. <c>default</c> is no prefix at all (<see cref="IsNone"/>), not 0.0.0.0/0.
/// </summary>
public readonly struct IpPrefix : IEquatable<IpPrefix>, IComparable<IpPrefix>, ISpanParsable<IpPrefix>, ISpanFormattable, IUtf8SpanFormattable, IText
{
    internal const byte V4 = 1;
    internal const byte V6 = 2;

    // Address bits from the top, whatever the family: an IPv4 address fills the upper half of _high.
    private readonly ulong _high;
    private readonly ulong _low;
    private readonly byte _length;
    private readonly byte _family;

    private IpPrefix(byte family, ulong high, ulong low, int length)
    {
        _family = family;
        _high = high & Mask(length);
        _low = low & Mask(length - 64);
        _length = (byte)length;
    }

    // For those that keep the fields of a prefix beside fields of their own: nothing is masked.
    internal IpPrefix(byte family, byte length, AddressBits bits)
    {
        _family = family;
        _high = bits.High;
        _low = bits.Low;
        _length = length;
    }

    /// <summary>Whether this is <c>default</c>: no prefix.</summary>
    public bool IsNone => _family == 0;

    /// <summary>Whether this is an IPv4 prefix.</summary>
    public bool IsIpv4 => _family == V4;

    /// <summary>Whether this is an IPv6 prefix.</summary>
    public bool IsIpv6 => _family == V6;

    /// <summary>The unicast family the prefix belongs to; <c>default</c> for no prefix.</summary>
    public BgpFamily Family => _family switch { V4 => BgpFamily.Ipv4Unicast, V6 => BgpFamily.Ipv6Unicast, _ => default };

    /// <summary>The number of network bits, 0 to 32 or 0 to 128.</summary>
    public int Length => _length;

    internal AddressBits Bits => new(_high, _low);

    internal byte FamilyCode => _family;

    /// <summary>The network address, made anew at each call; <see cref="IPAddress.None"/> for no prefix.</summary>
    public IPAddress Address => _family switch
    {
        V4 => Bits.ToAddress(AddressFamily.InterNetwork),
        V6 => Bits.ToAddress(AddressFamily.InterNetworkV6),
        _ => IPAddress.None,
    };

    /// <summary>Makes the prefix of a length that contains an address; host bits are cleared.</summary>
    /// <param name="address">An address of either family.</param>
    /// <param name="length">The number of network bits, 0 to 32 for IPv4, 0 to 128 for IPv6.</param>
    /// <returns>The prefix.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length does not fit the family.</exception>
    public static IpPrefix Create(IPAddress address, int length)
    {
        ArgumentNullException.ThrowIfNull(address);
        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, isV4 ? 32 : 128);
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out var written);
        return FromOctets(isV4, octets[..written], length);
    }

    /// <summary>The prefix that holds one address: /32 or /128.</summary>
    /// <param name="address">An address of either family.</param>
    /// <returns>The host prefix.</returns>
    public static IpPrefix Host(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Create(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
    }

    /// <summary>Reads <c>address/length</c>, strictly: the length must be there and host bits must be zero.</summary>
    /// <param name="text">For example <c>203.0.113.10/32</c> or <c>2001:db8::/32</c>.</param>
    /// <returns>The prefix.</returns>
    /// <exception cref="FormatException">The text is not a prefix.</exception>
    public static IpPrefix Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var prefix)
            ? prefix
            : throw new FormatException($"'{text}' is not a prefix: address/length without host bits, as in 203.0.113.0/24 or 2001:db8::/32.");
    }

    /// <summary>Reads <c>address/length</c> without throwing; see <see cref="Parse(string)"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="prefix">The prefix, when the result is true.</param>
    /// <returns>Whether the text was a prefix.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out IpPrefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (slash < 0
            || !IPAddress.TryParse(text[..slash], out var address)
            || address.ScopeIdOrZero() != 0
            || (address.AddressFamily == AddressFamily.InterNetwork && text[..slash].Count('.') != 3)
            || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || length > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
        {
            return false;
        }

        var masked = Create(address, length);
        if (!masked.Address.Equals(address))
        {
            return false;
        }

        prefix = masked;
        return true;
    }

    /// <summary>Converts from the runtime's type; host bits are cleared.</summary>
    /// <param name="network">The network.</param>
    public static explicit operator IpPrefix(IPNetwork network) => Create(network.BaseAddress, network.PrefixLength);

    /// <summary>Converts to the runtime's type.</summary>
    /// <param name="prefix">A prefix that is not <see cref="IsNone"/>.</param>
    public static explicit operator IPNetwork(IpPrefix prefix) => new(prefix.Address, prefix.Length);

    /// <summary>Whether an address lies within the prefix.</summary>
    /// <param name="address">The address; one of the other family does not.</param>
    /// <returns>Whether it lies within.</returns>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return (address.AddressFamily == AddressFamily.InterNetwork) == IsIpv4 && !IsNone && Create(address, Length).Equals(this);
    }

    /// <inheritdoc/>
    public bool Equals(IpPrefix other) =>
        _high == other._high && _low == other._low && _length == other._length && _family == other._family;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IpPrefix other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low, _length, _family);

    /// <summary>Orders IPv4 before IPv6, then by address, then shorter prefixes first.</summary>
    /// <param name="other">The other prefix.</param>
    /// <returns>Negative, zero or positive.</returns>
    public int CompareTo(IpPrefix other)
    {
        var order = _family.CompareTo(other._family);
        order = order != 0 ? order : _high.CompareTo(other._high);
        order = order != 0 ? order : _low.CompareTo(other._low);
        return order != 0 ? order : _length.CompareTo(other._length);
    }

    /// <summary>The usual form; IPv6 as in RFC 5952.</summary>
    /// <returns>For example <c>203.0.113.10/32</c>; <c>none</c> for no prefix.</returns>
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
        if (IsNone)
        {
            text.Append("none");
            return;
        }

        Bits.WriteText(ref text, IsIpv4);
        text.Append('/');
        text.Append(_length);
    }

    /// <summary>Whether both are the same prefix.</summary>
    /// <param name="left">One prefix.</param>
    /// <param name="right">The other.</param>
    public static bool operator ==(IpPrefix left, IpPrefix right) => left.Equals(right);

    /// <summary>Whether the prefixes differ.</summary>
    /// <param name="left">One prefix.</param>
    /// <param name="right">The other.</param>
    public static bool operator !=(IpPrefix left, IpPrefix right) => !left.Equals(right);

    /// <summary>Whether the left prefix comes first; see <see cref="CompareTo"/>.</summary>
    /// <param name="left">One prefix.</param>
    /// <param name="right">The other.</param>
    public static bool operator <(IpPrefix left, IpPrefix right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left prefix comes last.</summary>
    /// <param name="left">One prefix.</param>
    /// <param name="right">The other.</param>
    public static bool operator >(IpPrefix left, IpPrefix right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left prefix comes first or is the same.</summary>
    /// <param name="left">One prefix.</param>
    /// <param name="right">The other.</param>
    public static bool operator <=(IpPrefix left, IpPrefix right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left prefix comes last or is the same.</summary>
    /// <param name="left">One prefix.</param>
    /// <param name="right">The other.</param>
    public static bool operator >=(IpPrefix left, IpPrefix right) => left.CompareTo(right) >= 0;

    static IpPrefix ISpanParsable<IpPrefix>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<IpPrefix>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out IpPrefix result) => TryParse(s, out result);

    static IpPrefix IParsable<IpPrefix>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<IpPrefix>.TryParse(string? s, IFormatProvider? provider, out IpPrefix result) => TryParse(s, out result);

    /// <summary>Makes a prefix from address octets, as many as there are (NLRI carries only the significant ones).</summary>
    internal static IpPrefix FromOctets(bool isV4, ReadOnlySpan<byte> octets, int length)
    {
        // Without a loop: the longest reads that fit overlap, and where they do they agree.
        var (high, low) = (0UL, 0UL);
        switch (octets.Length)
        {
            case 0:
                break;
            case 1:
                high = (ulong)octets[0] << 56;
                break;
            case 2:
                high = (ulong)BinaryPrimitives.ReadUInt16BigEndian(octets) << 48;
                break;
            case 3:
                high = ((ulong)BinaryPrimitives.ReadUInt16BigEndian(octets) << 48) | ((ulong)octets[2] << 40);
                break;
            case <= 8:
                high = ((ulong)BinaryPrimitives.ReadUInt32BigEndian(octets) << 32)
                    | ((ulong)BinaryPrimitives.ReadUInt32BigEndian(octets[^4..]) << (8 * (8 - octets.Length)));
                break;
            default:
                high = BinaryPrimitives.ReadUInt64BigEndian(octets);
                low = BinaryPrimitives.ReadUInt64BigEndian(octets[^8..]) << (8 * (16 - octets.Length));
                break;
        }

        return new IpPrefix(isV4 ? V4 : V6, high, low, length);
    }

    private static ulong Mask(int bits) => bits switch { <= 0 => 0, >= 64 => ulong.MaxValue, _ => ulong.MaxValue << (64 - bits) };
}
