namespace BgpSharp.Tests.StandIn;

/// <summary>How the stand-in behaves.</summary>
public enum StandInMode
{
    /// <summary>Ready.</summary>
    Ok,

    /// <summary>500 with the list of checks, one failed.</summary>
    Unready,

    /// <summary>As <see cref="Unready"/> with etcd the one that failed: ready when it is excluded from the question.</summary>
    EtcdFails,

    /// <summary>401.</summary>
    Unauthorized,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>302 to /elsewhere, which is 200.</summary>
    Redirect,

    /// <summary>Connections are made, and nothing is ever said on them.</summary>
    Hang,

    /// <summary>Headers and part of the body, then nothing.</summary>
    HangInBody,

    /// <summary>The connection is closed in place of an answer.</summary>
    CloseUnanswered,

    /// <summary>The port is closed to new connections; those that are open go on.</summary>
    Closed,
}
