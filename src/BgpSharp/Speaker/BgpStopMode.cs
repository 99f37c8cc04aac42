namespace BgpSharp;

/// <summary>How sessions are ended.</summary>
public enum BgpStopMode
{
    /// <summary>Withdraw every route, wait until the peer's TCP has acknowledged that, send Cease, close.</summary>
    Withdraw,

    /// <summary>Send Cease and close without waiting; the peer drops our routes with the session.</summary>
    Immediate,
}
