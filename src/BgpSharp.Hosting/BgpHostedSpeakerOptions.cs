using System.Net;
using BgpSharp.Hosting.Configuration;

namespace BgpSharp.Hosting;

/// <summary>
/// What a speaker of a host is made of: its configuration section fills these options, code changes them. They are read once.
/// </summary>
public sealed class BgpHostedSpeakerOptions
{
    /// <summary>The local AS, not 0. Required.</summary>
    public Asn? LocalAsn { get; set; }

    /// <summary>The router id, not 0.0.0.0, unique in the AS. Required.</summary>
    public BgpIdentifier? RouterId { get; set; }

    /// <summary>Where to accept connections. Default: nowhere.</summary>
    public IList<IPEndPoint> ListenEndPoints { get; } = [];

    /// <summary>Decides about a connection from an address that is no peer, see <see cref="BgpSpeakerOptions.AcceptPeer"/>.</summary>
    public Func<IPEndPoint, BgpPeerOptions?>? AcceptPeer { get; set; }

    /// <summary>
    /// The peers by name, which is their key in the configuration (<c>0</c>, <c>1</c> ... in a list). Case does not matter.
    /// </summary>
    public IDictionary<string, BgpPeerOptions> Peers { get; } = new Dictionary<string, BgpPeerOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The routes to announce from the start, in <see cref="BgpSpeaker.Routes"/>.</summary>
    public IList<BgpRoute> Routes { get; } = [];

    /// <summary>How sessions are ended when the host stops. Default: <see cref="BgpStopMode.Withdraw"/>.</summary>
    public BgpStopOptions Stop { get; set; } = new();

    /// <summary>What was wrong with the configuration section.</summary>
    internal List<SettingProblem> Problems { get; } = [];
}
