namespace BgpSharp.Wire;

/// <summary>Judges what an OPEN says (RFC 4271 §6.2, RFC 6286, RFC 6793, RFC 7607).</summary>
internal static class OpenValidator
{
    public const byte Version = 4;

    public const byte BadPeerAs = 2;
    private const byte BadBgpIdentifier = 3;
    private const byte UnsupportedOptionalParameter = 4;
    private const byte UnacceptableHoldTime = 6;

    /// <summary>The data is the version we would speak, two octets (RFC 4271 §6.2).</summary>
    public static WireError UnsupportedVersion => new(BgpErrorCode.OpenMessage, 1, [0, Version]);

    /// <summary>The first thing wrong with an OPEN, in RFC 4271's order; null when it is acceptable.</summary>
    public static WireError? Validate(OpenMessage open, Asn expectedRemoteAsn, Asn localAsn, BgpIdentifier localIdentifier, TimeSpan minimumHoldTime = default)
    {
        if (open.Version != Version)
        {
            return UnsupportedVersion;
        }

        if (open.MyAutonomousSystem == 0 || RemoteAsn(open) is not { } remote || remote != expectedRemoteAsn)
        {
            var field = new Asn(open.MyAutonomousSystem);
            var claimed = field.Value == 0 ? field : FourOctetAsnCapability.Find(open.Capabilities) ?? field;
            return new WireError(BgpErrorCode.OpenMessage, BadPeerAs) { Detail = $"the peer's OPEN says AS {claimed}, AS {expectedRemoteAsn} is configured" };
        }

        if (open.HoldTime is 1 or 2 || open.HoldTime < minimumHoldTime.TotalSeconds)
        {
            var least = minimumHoldTime > TimeSpan.Zero ? $", at least {minimumHoldTime.TotalSeconds:0} s is configured" : null;
            return new WireError(BgpErrorCode.OpenMessage, UnacceptableHoldTime) { Detail = $"the peer's OPEN says {open.HoldTime} s{least}" };
        }

        // Within an AS identifiers are unique; two ASes may use the same one (RFC 6286 §2.1).
        if (open.Identifier.Value == 0 || (remote == localAsn && open.Identifier == localIdentifier))
        {
            return new WireError(BgpErrorCode.OpenMessage, BadBgpIdentifier) { Detail = $"the peer's OPEN says {open.Identifier}, ours is {localIdentifier}" };
        }

        return open.UnsupportedParameter is null ? null : new WireError(BgpErrorCode.OpenMessage, UnsupportedOptionalParameter);
    }

    /// <summary>The AS the peer says it is in; null when that is no AS: 0, or AS_TRANS where a real number should be.</summary>
    public static Asn? RemoteAsn(OpenMessage open)
    {
        var asn = FourOctetAsnCapability.Find(open.Capabilities) ?? new Asn(open.MyAutonomousSystem);
        return asn.Value == 0 || asn == Asn.Trans ? null : asn;
    }
}
