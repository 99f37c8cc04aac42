namespace BgpSharp.VipAdvertiser.Status;

/// <summary>What is asked on the control socket: one line of JSON.</summary>
/// <param name="Command"><c>status</c>, <c>drain</c>, <c>undrain</c> or <c>reload</c>.</param>
/// <param name="Message">For <c>drain</c>: the text for the routers' operators; null: the configured one.</param>
internal sealed record ControlRequest(string? Command, string? Message = null)
{
    public const string Status = "status", Drain = "drain", Undrain = "undrain", Reload = "reload";
}
