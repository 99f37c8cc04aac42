using System.Net;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary>What came back from a peer.</summary>
/// <param name="IsUsable">A session is possible, or exists.</param>
/// <param name="Text">In words.</param>
/// <param name="LocalAddress">Where sessions with it come from; null: nowhere.</param>
internal sealed record PeerAnswer(bool IsUsable, string Text, IPAddress? LocalAddress)
{
    /// <summary>Why there is no session and what to look at; null: there is one, or none was tried.</summary>
    public BgpPeerExplanation? Explanation { get; init; }
}
