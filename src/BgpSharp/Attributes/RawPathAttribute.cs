namespace BgpSharp;

/// <summary>
/// A path attribute that the library does not interpret: its flags, type and value. How wide the length field was is not
/// kept: the encoder takes the narrow one wherever it suffices.
/// </summary>
public sealed class RawPathAttribute : IEquatable<RawPathAttribute>
{
    private readonly byte[] _value;

    /// <summary>Makes a raw attribute.</summary>
    /// <param name="flags">The flags octet (RFC 4271 §4.3); the extended length bit in it is ignored.</param>
    /// <param name="type">The type code.</param>
    /// <param name="value">The value, copied.</param>
    public RawPathAttribute(byte flags, byte type, ReadOnlySpan<byte> value)
    {
        Flags = (byte)(flags & ~AttributeFlags.ExtendedLength);
        Type = type;
        _value = value.ToArray();
    }

    private RawPathAttribute(byte flags, RawPathAttribute original)
    {
        Flags = flags;
        Type = original.Type;
        _value = original._value;
    }

    /// <summary>The flags octet: 0x80 optional, 0x40 transitive, 0x20 partial.</summary>
    public byte Flags { get; }

    /// <summary>The type code.</summary>
    public byte Type { get; }

    /// <summary>The value.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>The same attribute with more flags set.</summary>
    internal RawPathAttribute WithFlags(byte more) => new((byte)(Flags | more), this);

    /// <inheritdoc/>
    public bool Equals(RawPathAttribute? other) =>
        other is not null && Flags == other.Flags && Type == other.Type && _value.AsSpan().SequenceEqual(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RawPathAttribute);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Flags);
        hash.Add(Type);
        hash.AddBytes(_value);
        return hash.ToHashCode();
    }

    /// <summary>The attribute in hexadecimal.</summary>
    /// <returns>For example <c>type 35 flags 0xC0: 0000FDE8</c>.</returns>
    public override string ToString() => $"type {Type} flags 0x{Flags:X2}: {Convert.ToHexString(_value)}";
}
