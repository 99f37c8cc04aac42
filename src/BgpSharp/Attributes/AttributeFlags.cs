namespace BgpSharp;

/// <summary>The flags octet of a path attribute (RFC 4271 §4.3).</summary>
internal static class AttributeFlags
{
    public const byte Optional = 0x80;
    public const byte Transitive = 0x40;
    public const byte Partial = 0x20;
    public const byte ExtendedLength = 0x10;
}
