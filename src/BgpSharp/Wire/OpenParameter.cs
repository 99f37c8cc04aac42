namespace BgpSharp.Wire;

/// <summary>One optional parameter of an OPEN (RFC 4271 §4.2): type and value. Immutable.</summary>
public readonly struct OpenParameter : IEquatable<OpenParameter>
{
    /// <summary>The type of the parameter that holds capabilities (RFC 5492 §4).</summary>
    public const byte CapabilitiesType = 2;

    /// <summary>Makes a parameter.</summary>
    /// <param name="type">The parameter's type.</param>
    /// <param name="value">The value, copied.</param>
    public OpenParameter(byte type, ReadOnlySpan<byte> value)
        : this(type, (ReadOnlyMemory<byte>)value.ToArray())
    {
    }

    /// <summary>A parameter whose value lies in octets that nobody changes.</summary>
    internal OpenParameter(byte type, ReadOnlyMemory<byte> value)
    {
        Type = type;
        Value = value;
    }

    /// <summary>The parameter's type.</summary>
    public byte Type { get; }

    /// <summary>The parameter's value.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Whether two parameters are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Type and value are equal.</returns>
    public static bool operator ==(OpenParameter left, OpenParameter right) => left.Equals(right);

    /// <summary>Whether two parameters differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Type or value differ.</returns>
    public static bool operator !=(OpenParameter left, OpenParameter right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(OpenParameter other) => Type == other.Type && Value.Span.SequenceEqual(other.Value.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is OpenParameter other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Type);
        hash.AddBytes(Value.Span);
        return hash.ToHashCode();
    }

    /// <summary>One parameter that holds all these capabilities.</summary>
    internal static OpenParameter Of(IReadOnlyList<BgpCapability> capabilities)
    {
        var value = new byte[capabilities.Sum(capability => 2 + capability.Value.Length)];
        var rest = value.AsSpan();
        foreach (var capability in capabilities)
        {
            rest[0] = capability.Code;
            rest[1] = (byte)capability.Value.Length;
            capability.Value.Span.CopyTo(rest[2..]);
            rest = rest[(2 + capability.Value.Length)..];
        }

        return new OpenParameter(CapabilitiesType, (ReadOnlyMemory<byte>)value);
    }
}
