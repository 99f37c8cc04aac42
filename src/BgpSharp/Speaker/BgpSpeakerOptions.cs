using System.Diagnostics.Metrics;
using System.Net;
using BgpSharp.Bfd;
using Microsoft.Extensions.Logging;

namespace BgpSharp;

/// <summary>What a speaker is made of.</summary>
public sealed class BgpSpeakerOptions
{
    /// <summary>The local AS, not 0.</summary>
    public required Asn LocalAsn { get; init; }

    /// <summary>The router id, not 0, unique in the AS.</summary>
    public required BgpIdentifier RouterId { get; init; }

    /// <summary>Where to accept connections; port 0 takes a free one. Default: nowhere.</summary>
    public IReadOnlyList<IPEndPoint> ListenEndPoints { get; init; } = [];

    /// <summary>
    /// Decides about a connection from an address that is no peer: the options to add a peer with, whose address is the
    /// connection's, or null to refuse it. The peer stays until it is removed, and its password counts from its next
    /// connection on. One call at a time for each endpoint; it should be quick. Default: refuse.
    /// </summary>
    public Func<IPEndPoint, BgpPeerOptions?>? AcceptPeer { get; init; }

    /// <summary>Where logs go. Default: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>The clock of all timers. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes the meter <c>BgpSharp</c>. Default: a meter of the speaker's own.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>Where connections come from. Default: TCP sockets.</summary>
    public BgpTransport? Transport { get; init; }

    /// <summary>
    /// Runs the BFD sessions of the peers that ask for one, and stays the caller's; several speakers of one network namespace share
    /// one, since it has the ports of BFD to itself. Default: an engine of the speaker's own, made when it is needed.
    /// </summary>
    public BfdEngine? BfdEngine { get; init; }

    /// <summary>Looks for everything that is wrong with the options, as the speaker does when it is made.</summary>
    /// <returns>A line for each problem, which names the option, its value and what is allowed; empty: none.</returns>
    public IReadOnlyList<string> FindProblems() => OptionsValidation.FindProblems(this);
}
