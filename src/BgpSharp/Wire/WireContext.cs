namespace BgpSharp.Wire;

/// <summary>
/// What both sides agreed on that changes how bytes are read and written. An argument of every codec: codecs have no
/// modes of their own.
/// </summary>
internal readonly record struct WireContext
{
    private readonly int _beyondClassicLength;

    /// <summary>AS numbers in AS_PATH and AGGREGATOR have four octets (RFC 6793).</summary>
    public bool FourOctetAsn { get; init; }

    /// <summary>The peer is in our AS, which decides what attributes may be there (RFC 7606 §7).</summary>
    public bool IsInternal { get; init; }

    /// <summary>The longest UPDATE that may be sent, header included: 4096 unless more was agreed (RFC 8654).</summary>
    public int MaximumMessageLength
    {
        get => WireLimits.MaximumMessageLength + _beyondClassicLength;
        init => _beyondClassicLength = value - WireLimits.MaximumMessageLength;
    }
}
