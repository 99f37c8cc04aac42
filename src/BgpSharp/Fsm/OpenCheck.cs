using BgpSharp.Wire;

namespace BgpSharp.Fsm;

/// <summary>Whether an OPEN is acceptable (RFC 4271 §6.2, RFC 6286).</summary>
internal static class OpenCheck
{
    public static WireError? Validate(OpenMessage open, Asn expectedRemoteAsn, Asn localAsn, BgpIdentifier localIdentifier) => open switch
    {
        { Version: not 4 } => new WireError(BgpErrorCode.OpenMessage, 1, new byte[] { 0, 4 }),
        _ when OpenCapabilities.AsnOf(open) != expectedRemoteAsn => new WireError(BgpErrorCode.OpenMessage, 2),
        { Identifier.Value: 0 } => new WireError(BgpErrorCode.OpenMessage, 3),
        _ when expectedRemoteAsn == localAsn && open.Identifier == localIdentifier => new WireError(BgpErrorCode.OpenMessage, 3),
        { UnsupportedParameter: not null } => new WireError(BgpErrorCode.OpenMessage, 4),
        { HoldTime: 1 or 2 } => new WireError(BgpErrorCode.OpenMessage, 6),
        _ => null,
    };
}
