using System.Net;
using System.Text;
using BgpSharp;

namespace EcmpLab.Embedded;

/// <summary>A speaker that waits for the masters and keeps a table of what they announce.</summary>
internal sealed class LearningRouter : IAsyncDisposable
{
    private readonly BgpSpeaker _speaker;
    private readonly BgpPeer[] _peers;

    public LearningRouter(IPAddress address, IReadOnlyList<IPAddress> masters)
    {
        Address = address;
        _speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = Plan.RouterAsn,
            RouterId = BgpIdentifier.FromAddress(address),
            ListenEndPoints = [new IPEndPoint(address, 0)],
        });
        _peers = [.. masters.Select(master => _speaker.AddPeer(new BgpPeerOptions
        {
            Address = master,
            RemoteAsn = Plan.MasterAsn,
            ConnectMode = BgpConnectMode.Passive,
            Handler = new RouteLearner(Table),
        }))];
    }

    public IPAddress Address { get; }

    public RouteTable Table { get; } = new();

    /// <summary>Listens; once is enough.</summary>
    /// <returns>Where.</returns>
    public async Task<IPEndPoint> StartAsync()
    {
        await _speaker.StartAsync();
        return _speaker.ListenEndPoints.Single();
    }

    /// <summary>Waits until the session with a master has ended.</summary>
    public async Task WaitForDownAsync(IPAddress master)
    {
        var peer = _peers.Single(peer => peer.Options.Address.Equals(master));
        await foreach (var status in peer.WatchAsync())
        {
            if (status.Session is null)
            {
                return;
            }
        }
    }

    /// <summary>What <c>show ip bgp summary</c> and the route look like.</summary>
    public string Show()
    {
        var text = new StringBuilder();
        text.AppendLine($"BGP router identifier {_speaker.RouterId}, local AS number {_speaker.LocalAsn}");
        text.AppendLine($"{"Neighbor",-16}{"AS",-8}{"MsgRcvd",7}{"MsgSent",9}{"Up/Down",10}  {"State/PfxRcd",12}");
        foreach (var peer in _peers)
        {
            var counters = peer.GetStatistics();
            var upFor = peer.Session is { } session ? $"{DateTimeOffset.UtcNow - session.EstablishedAt:hh\\:mm\\:ss}" : "down";
            var state = peer.Session is null ? peer.State.ToString() : $"{Table.CountFrom(peer.Options.Address)}";
            text.AppendLine($"{peer.Options.Address,-16}{peer.Options.RemoteAsn,-8}{counters.MessagesReceived,7}{counters.MessagesSent,9}{upFor,10}  {state,12}");
        }

        text.Append($"{Plan.Vip} proto bgp");
        foreach (var nextHop in Table.NextHopsOf(Plan.Vip))
        {
            text.Append($"\n        nexthop via {nextHop}");
        }

        return text.ToString();
    }

    public ValueTask DisposeAsync() => _speaker.DisposeAsync();
}
