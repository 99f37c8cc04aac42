namespace BgpSharp;

/// <summary>A capability as it stood in an OPEN (RFC 5492): code and value, the value uninterpreted. Immutable.</summary>
public sealed class BgpCapability : IEquatable<BgpCapability>
{
    private readonly byte[] _value;

    /// <summary>Makes a capability.</summary>
    /// <param name="code">The capability code.</param>
    /// <param name="value">The value, at most 255 octets, copied.</param>
    /// <exception cref="ArgumentException">The value is too long.</exception>
    public BgpCapability(byte code, ReadOnlySpan<byte> value)
    {
        if (value.Length > byte.MaxValue)
        {
            throw new ArgumentException($"A capability's value has at most 255 octets, not {value.Length}.", nameof(value));
        }

        Code = code;
        _value = value.ToArray();
    }

    /// <summary>The capability code.</summary>
    public byte Code { get; }

    /// <summary>The value.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <inheritdoc/>
    public bool Equals(BgpCapability? other) =>
        other is not null && Code == other.Code && _value.AsSpan().SequenceEqual(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BgpCapability);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Code);
        hash.AddBytes(_value);
        return hash.ToHashCode();
    }

    /// <summary>The capability's name, or its code and value in hexadecimal.</summary>
    /// <returns>For example <c>multiprotocol ipv4-unicast</c>.</returns>
    public override string ToString() => Wire.CapabilityCodec.Describe(this);
}
