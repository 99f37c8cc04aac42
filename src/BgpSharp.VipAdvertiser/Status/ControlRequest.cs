namespace BgpSharp.VipAdvertiser.Status;

/// <summary>What is asked on the control socket: one line of JSON.</summary>
/// <param name="Command"><c>status</c>, <c>drain</c>, <c>undrain</c>, <c>reload</c> or <c>dump</c>.</param>
/// <param name="Message">For <c>drain</c>: the text for the routers' operators; null: the configured one.</param>
/// <param name="Peer">For <c>dump</c>: the address of the peer, whose recording is of a bounded length.</param>
internal sealed record ControlRequest(string? Command, string? Message = null, string? Peer = null)
{
    public const string Status = "status", Drain = "drain", Undrain = "undrain", Reload = "reload", Dump = "dump";
}
