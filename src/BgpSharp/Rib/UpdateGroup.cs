using BgpSharp.Wire;

namespace BgpSharp.Rib;

/// <summary>Prefixes that travel in the same UPDATEs: those of one attributes object, or the withdrawn ones of a family.</summary>
internal sealed class UpdateGroup(BgpFamily family, EncodedAttributes? attributes)
{
    public BgpFamily Family { get; } = family;

    /// <summary>The attributes; null: withdrawals.</summary>
    public EncodedAttributes? Attributes { get; } = attributes;

    /// <summary>Why the prefixes of the group are not sent; null: they are.</summary>
    public PeerView? Refusal { get; init; }

    /// <summary>The octets of a message besides its prefixes, the same for each message; zero: not measured yet.</summary>
    public int Overhead { get; set; }

    /// <summary>The chain of slots collected so far, and the room left in its last message.</summary>
    public int First { get; set; } = -1;

    public int Last { get; set; } = -1;

    public int Room { get; set; }
}
