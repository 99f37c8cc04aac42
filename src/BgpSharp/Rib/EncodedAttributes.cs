using BgpSharp.Wire;

namespace BgpSharp.Rib;

// Stands in for the wire layer's type until that one is there.
internal sealed class EncodedAttributes
{
    public static EncodedAttributes Encode(BgpRouteAttributes effective, in WireContext context) => throw new NotSupportedException();
}
