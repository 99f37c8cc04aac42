namespace BgpSharp.Wire;

/// <summary>The worst that is wrong with an UPDATE; of several equally bad things, the first.</summary>
/// <param name="Verdict">What it leads to.</param>
/// <param name="Rule">The rule that was broken.</param>
/// <param name="AttributeType">The attribute's type code; 0 when it is not about one.</param>
/// <param name="Offset">Where in the message body, in octets.</param>
internal readonly record struct UpdateProblem(UpdateVerdict Verdict, UpdateRule Rule, byte AttributeType, int Offset)
{
    private const byte UnrecognizedWellKnown = 2;
    private const byte OptionalAttributeError = 9;

    /// <summary>What the NOTIFICATION says; only set when the verdict is <see cref="UpdateVerdict.Reset"/>.</summary>
    public WireError Error { get; init; }

    /// <summary>The problem with its NOTIFICATION, whose data is the attribute at fault where RFC 4271 §6.3 wants it.</summary>
    public UpdateProblem WithError(ReadOnlySpan<byte> body, int attributesEnd)
    {
        var subcode = Subcode(Rule);
        var data = Array.Empty<byte>();
        if (subcode is >= UnrecognizedWellKnown and <= OptionalAttributeError)
        {
            var attribute = body[Offset..attributesEnd];
            data = AttributeHeader.TryRead(attribute, 0, out var header) ? attribute[..header.End].ToArray() : attribute.ToArray();
        }

        return this with { Error = new WireError(BgpErrorCode.UpdateMessage, subcode, data) };
    }

    /// <summary>For a log line.</summary>
    public override string ToString()
    {
        var what = Rule switch
        {
            UpdateRule.None => "nothing wrong",
            UpdateRule.FieldLengths => "withdrawn routes or attributes longer than the message",
            UpdateRule.NetworkField => "a prefix that is cut off or too long",
            UpdateRule.AttributeOverrun => "longer than what is left of the attributes",
            UpdateRule.AttributeFlags => "wrong flags",
            UpdateRule.AttributeLength => "wrong length",
            UpdateRule.OriginValue => "undefined value",
            UpdateRule.AsPathMalformed => "malformed segments",
            UpdateRule.AsZero => "AS 0",
            UpdateRule.NextHopValue => "not a host address",
            UpdateRule.MissingWellKnown => "missing",
            UpdateRule.UnrecognizedWellKnown => "unrecognized well-known attribute",
            UpdateRule.MultiprotocolTwice => "there twice",
            UpdateRule.MultiprotocolMalformed => "malformed",
            UpdateRule.InternalOnly => "not allowed from an external peer",
            UpdateRule.TwoOctetOnly => "not allowed from a four-octet AS speaker",
            _ => Rule.ToString(),
        };
        var verdict = Verdict switch
        {
            UpdateVerdict.Accept => "accepted",
            UpdateVerdict.DiscardAttributes => "attribute discarded",
            UpdateVerdict.TreatAsWithdraw => "treated as withdraw",
            _ => "session reset",
        };
        return AttributeType == 0
            ? $"{what} at offset {Offset}: {verdict}"
            : $"{BgpSharp.AttributeType.Name(AttributeType)}: {what} at offset {Offset}: {verdict}";
    }

    // RFC 4271 §6.3, RFC 4760 §7; MP_REACH_NLRI twice is a malformed list (RFC 7606 §3 g).
    private static byte Subcode(UpdateRule rule) => rule switch
    {
        UpdateRule.UnrecognizedWellKnown => UnrecognizedWellKnown,
        UpdateRule.AttributeFlags => 4,
        UpdateRule.AttributeLength or UpdateRule.AttributeOverrun => 5,
        UpdateRule.OriginValue => 6,
        UpdateRule.NextHopValue => 8,
        UpdateRule.MultiprotocolMalformed => OptionalAttributeError,
        UpdateRule.NetworkField => 10,
        UpdateRule.AsPathMalformed or UpdateRule.AsZero => 11,
        _ => 1,
    };
}
