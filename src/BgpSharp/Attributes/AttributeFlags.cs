namespace BgpSharp;

/// <summary>The flags octet of a path attribute (RFC 4271 §4.3).</summary>
public static class AttributeFlags
{
    /// <summary>The attribute is optional, else well-known.</summary>
    public const byte Optional = 0x80;

    /// <summary>Speakers that do not know the attribute pass it on.</summary>
    public const byte Transitive = 0x40;

    /// <summary>A speaker on the way did not know the attribute.</summary>
    public const byte Partial = 0x20;

    /// <summary>The attribute's length has two octets, else one.</summary>
    public const byte ExtendedLength = 0x10;
}
