namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>What the gate asks.</summary>
internal abstract record GateProbe
{
    private GateProbe()
    {
    }

    /// <summary>The apiserver of this node, wherever it listens: 127.0.0.1, ::1 or one of the node's own addresses, never the VIP.</summary>
    public sealed record Apiserver(int Port, string Path) : GateProbe;

    /// <summary>A URL as it stands, http or https.</summary>
    public sealed record Url(Uri Target) : GateProbe;

    /// <summary>A connection is success.</summary>
    public sealed record Tcp(HostPort Target) : GateProbe;
}
