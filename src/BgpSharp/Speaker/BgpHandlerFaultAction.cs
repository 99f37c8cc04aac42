namespace BgpSharp;

/// <summary>What happens when a peer's handler throws.</summary>
public enum BgpHandlerFaultAction
{
    /// <summary>The session is reset with Cease and tried again.</summary>
    ResetSession,

    /// <summary>The handler is no longer called in this session, which goes on.</summary>
    Detach,
}
