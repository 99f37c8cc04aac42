namespace BgpSharp.Wire;

/// <summary>Capabilities (RFC 5492) to and from bytes and words.</summary>
internal static class CapabilityCodec
{
    public static string Describe(BgpCapability capability) =>
        $"capability {capability.Code}: {Convert.ToHexString(capability.Value.Span)}";
}
