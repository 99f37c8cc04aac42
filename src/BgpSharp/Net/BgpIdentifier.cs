using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp;

/// <summary>
/// A BGP identifier (router id): four octets, unique in the autonomous system, not zero (RFC 6286), written like an
/// IPv4 address.
/// </summary>
/// <param name="Value">The identifier as a number in host order.</param>
public readonly record struct BgpIdentifier(uint Value) : ISpanParsable<BgpIdentifier>, IWireValue<BgpIdentifier>
{
    /// <summary>Makes the identifier that has the octets of an IPv4 address.</summary>
    /// <param name="address">An IPv4 address.</param>
    /// <returns>The identifier.</returns>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public static BgpIdentifier FromAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> octets = stackalloc byte[4];
        return address.AddressFamily == AddressFamily.InterNetwork && address.TryWriteBytes(octets, out _)
            ? new BgpIdentifier(BinaryPrimitives.ReadUInt32BigEndian(octets))
            : throw new ArgumentException($"A BGP identifier has four octets; {address} is not an IPv4 address.", nameof(address));
    }

    /// <summary>Reads the dotted form.</summary>
    /// <param name="text">For example <c>198.51.100.11</c>.</param>
    /// <returns>The identifier.</returns>
    /// <exception cref="FormatException">The text is not four dotted octets.</exception>
    public static BgpIdentifier Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var identifier)
            ? identifier
            : throw new FormatException($"'{text}' is not a BGP identifier: four dotted octets, as in 198.51.100.11.");
    }

    /// <summary>Reads the dotted form without throwing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="identifier">The identifier, when the result is true.</param>
    /// <returns>Whether the text was an identifier.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out BgpIdentifier identifier)
    {
        identifier = default;
        if (text.Count('.') != 3 || !IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }

        identifier = FromAddress(address);
        return true;
    }

    /// <summary>The dotted form.</summary>
    /// <returns>For example <c>198.51.100.11</c>.</returns>
    public override string ToString() => $"{Value >> 24}.{(Value >> 16) & 255}.{(Value >> 8) & 255}.{Value & 255}";

    static BgpIdentifier ISpanParsable<BgpIdentifier>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s.ToString());

    static bool ISpanParsable<BgpIdentifier>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out BgpIdentifier result) => TryParse(s, out result);

    static BgpIdentifier IParsable<BgpIdentifier>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<BgpIdentifier>.TryParse(string? s, IFormatProvider? provider, out BgpIdentifier result) => TryParse(s, out result);

    static int IWireValue<BgpIdentifier>.WireLength => 4;

    static BgpIdentifier IWireValue<BgpIdentifier>.ReadFrom(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt32BigEndian(octets));

    void IWireValue<BgpIdentifier>.WriteTo(Span<byte> octets) => BinaryPrimitives.WriteUInt32BigEndian(octets, Value);
}
