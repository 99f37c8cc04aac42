namespace BgpSharp;

/// <summary>One path attribute where it lies in a received message (RFC 4271 §4.3).</summary>
public readonly ref struct PathAttributeView
{
    internal PathAttributeView(byte flags, byte type, ReadOnlySpan<byte> value)
    {
        Flags = flags;
        Type = type;
        Value = value;
    }

    /// <summary>The flags octet: 0x80 optional, 0x40 transitive, 0x20 partial, 0x10 extended length.</summary>
    public byte Flags { get; }

    /// <summary>The type code.</summary>
    public byte Type { get; }

    /// <summary>The value.</summary>
    public ReadOnlySpan<byte> Value { get; }
}
