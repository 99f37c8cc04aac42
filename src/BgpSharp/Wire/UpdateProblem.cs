namespace BgpSharp.Wire;

/// <summary>
/// The worst that is wrong with an UPDATE: which attribute, where, which rule, and what it leads to. Of several equally bad
/// things it is the first.
/// </summary>
public readonly struct UpdateProblem
{
    private const byte UnrecognizedWellKnown = 2;
    private const byte MissingWellKnown = 3;
    private const byte OptionalAttributeError = 9;

    internal UpdateProblem(UpdateVerdict verdict, UpdateRule rule, byte attributeType, int offset, BgpFamily family = default)
    {
        Verdict = verdict;
        Rule = rule;
        AttributeType = attributeType;
        Offset = offset;
        Family = family;
    }

    /// <summary>What it leads to.</summary>
    public UpdateVerdict Verdict { get; }

    /// <summary>The rule that was broken.</summary>
    public UpdateRule Rule { get; }

    /// <summary>The attribute's type code; 0 when it is not about one.</summary>
    public byte AttributeType { get; }

    /// <summary>
    /// Where in the message's body, in octets from its start: the attribute's header, the prefix in withdrawn routes or NLRI,
    /// or the start of the attributes when one is missing.
    /// </summary>
    public int Offset { get; }

    /// <summary>The family to give up when the verdict is <see cref="UpdateVerdict.DisableFamily"/>.</summary>
    public BgpFamily Family { get; }

    /// <summary>
    /// The NOTIFICATION that resets the session; its data is the attribute at fault where RFC 4271 §6.3 wants it.
    /// </summary>
    /// <param name="body">The body that was decoded.</param>
    /// <returns>The NOTIFICATION.</returns>
    public BgpNotification ToNotification(ReadOnlySpan<byte> body) => ToError(body).ToNotification();

    /// <summary>For a log line.</summary>
    /// <returns>For example <c>ORIGIN: undefined value at offset 4: treated as withdraw</c>.</returns>
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
            UpdateRule.AsSet => "a set of ASes, which this session refuses",
            UpdateRule.ConfederationSegment => "a confederation's segment, which this session refuses",
            UpdateRule.NextHopValue => "not a host address",
            UpdateRule.AigpValue => "a metric that is none",
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
            UpdateVerdict.DisableFamily => $"{Family} disabled",
            _ => "session reset",
        };
        return AttributeType == 0
            ? $"{what} at offset {Offset}: {verdict}"
            : $"{BgpSharp.AttributeType.NameOf(AttributeType)}: {what} at offset {Offset}: {verdict}";
    }

    internal WireError ToError(ReadOnlySpan<byte> body)
    {
        var subcode = Subcode(Rule);
        var data = subcode == MissingWellKnown ? [AttributeType]
            : subcode is >= UnrecognizedWellKnown and <= OptionalAttributeError && UpdateReader.TryRead(body, default, out var update)
            ? AttributeAtFault(body, body.Length - update.Nlri.Octets.Length)
            : [];
        return new WireError(BgpErrorCode.UpdateMessage, subcode, data);
    }

    // From its type on as far as it goes: what does not fit into the attributes is sent as much of it as there is.
    private byte[] AttributeAtFault(ReadOnlySpan<byte> body, int attributesEnd)
    {
        if (Offset > attributesEnd)
        {
            return [];
        }

        var octets = body[Offset..attributesEnd];
        var attributes = new PathAttributeBlock(octets).GetEnumerator();
        return attributes.MoveNext() ? octets[..^attributes.Rest.Length].ToArray() : octets.ToArray();
    }

    // RFC 4271 §6.3, RFC 4760 §7; MP_REACH_NLRI twice is a malformed list (RFC 7606 §3 g).
    private static byte Subcode(UpdateRule rule) => rule switch
    {
        UpdateRule.UnrecognizedWellKnown => UnrecognizedWellKnown,
        UpdateRule.MissingWellKnown => MissingWellKnown,
        UpdateRule.AttributeFlags => 4,
        UpdateRule.AttributeLength or UpdateRule.AttributeOverrun => 5,
        UpdateRule.OriginValue => 6,
        UpdateRule.NextHopValue => 8,
        UpdateRule.MultiprotocolMalformed => OptionalAttributeError,
        UpdateRule.NetworkField => 10,
        UpdateRule.AsPathMalformed or UpdateRule.AsZero or UpdateRule.AsSet or UpdateRule.ConfederationSegment => 11,
        _ => 1,
    };
}
