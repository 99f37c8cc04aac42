using System.Net;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>A validated configuration, whole: what one start or one reload goes by.</summary>
internal sealed class AdvertiserOptions
{
    public required IReadOnlyList<VipOptions> Vips { get; init; }
    public required Asn LocalAsn { get; init; }

    /// <summary>Null: the address that sessions leave from, as soon as the kernel has one.</summary>
    public required BgpIdentifier? RouterId { get; init; }

    public required IReadOnlyList<PeerOptions> Peers { get; init; }

    /// <summary>Null: no check, always healthy.</summary>
    public required GateOptions? Gate { get; init; }

    /// <summary>How a stop while something is announced goes. Its linger is also how long an address outlives a withdrawal by the gate.</summary>
    public required BgpStopOptions Stop { get; init; }

    /// <summary>Where /metrics, /livez and /readyz are served; IPv6Any: on every address of both families; null: nowhere.</summary>
    public required IPEndPoint? Http { get; init; }

    /// <summary>Who is shown /status there.</summary>
    public StatusAccess StatusAccess { get; init; }

    /// <summary>Where /healthz is served, on a port of its own as kube-vip has it; null: nowhere.</summary>
    public IPEndPoint? Healthz { get; init; }

    /// <summary>The name of the control socket.</summary>
    public string Control { get; init; } = ControlAddress.DefaultName;

    /// <summary>Null: nothing is exported.</summary>
    public OtlpOptions? Otlp { get; init; }

    public required LogLevel LogLevel { get; init; }
    public LogFormat LogFormat { get; init; }

    /// <summary>Started as kube-vip would be: its unmarked addresses are taken over.</summary>
    public required bool IsKubeVip { get; init; }

    /// <summary>What the operator should know, a line each: variables that do not apply, values better set otherwise.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Whether an address is one that sessions go to, or are told to leave from.</summary>
    public bool IsSessionEnd(IPAddress address) =>
        Peers.Any(peer => address.Equals(peer.Session.Address) || address.Equals(peer.Session.LocalAddress));
}
