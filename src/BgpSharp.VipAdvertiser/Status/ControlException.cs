namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The host cannot be asked; the message says why.</summary>
internal sealed class ControlException(string message) : Exception(message);
