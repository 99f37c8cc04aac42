using System.Collections.Concurrent;
using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix;

/// <summary>Our end of a session with the router: a speaker in the neighbor's namespace that keeps what it is told.</summary>
internal sealed class MatrixSpeaker : BgpPeerHandler, IAsyncDisposable
{
    private readonly ConcurrentDictionary<IpPrefix, int> _table = [];
    private readonly MatrixLab _lab;
    private readonly PeerKind _kind;

    private MatrixSpeaker(MatrixLab lab, PeerKind kind, SpeakerSettings settings)
    {
        _lab = lab;
        _kind = kind;
        var address = MatrixPlan.OurAddress(kind);
        Transport = new NamespaceTransport(lab.Lab.MasterNs((int)kind));
        Speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = MatrixPlan.OurAsn(kind),
            RouterId = BgpIdentifier.Parse($"{LabTopology.MasterAddress((int)kind)}"),
            ListenEndPoints = settings.Listens ? [new IPEndPoint(address, 179)] : [],
            Transport = Transport,
        });
        Peer = Speaker.AddPeer(new BgpPeerOptions
        {
            Address = MatrixPlan.RouterAddress(kind),
            RemoteAsn = MatrixPlan.RouterAsn,
            ConnectMode = settings.Mode,
            LocalAddress = address,
            HoldTime = settings.HoldTime,
            Password = settings.Password is { } password ? BgpSecret.FromString(password) : null,
            TtlSecurityHops = settings.TtlSecurityHops,
            GracefulRestart = settings.GracefulRestart,
            Families = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast],
            PrefixLimits = settings.Maximum is { } maximum ? [new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = maximum }] : [],
            Handler = this,
        });
    }

    public BgpSpeaker Speaker { get; }

    public BgpPeer Peer { get; }

    public NamespaceTransport Transport { get; }

    /// <summary>Starts a speaker, which need not be established when this returns.</summary>
    public static async Task<MatrixSpeaker> StartAsync(MatrixLab lab, PeerKind kind, SpeakerSettings? settings = null)
    {
        await lab.Router.ForgetAsync(kind);
        var speaker = new MatrixSpeaker(lab, kind, settings ?? new SpeakerSettings());
        await speaker.Speaker.StartAsync(TestContext.Current.CancellationToken);
        return speaker;
    }

    /// <summary>Starts a speaker, and waits until both sides say that the session is up and it has the router's route.</summary>
    public static async Task<MatrixSpeaker> EstablishAsync(MatrixLab lab, PeerKind kind, SpeakerSettings? settings = null)
    {
        var speaker = await StartAsync(lab, kind, settings);
        try
        {
            await speaker.WaitForEstablishedAsync();
            return speaker;
        }
        catch
        {
            await speaker.DisposeAsync();
            throw;
        }
    }

    public async Task WaitForEstablishedAsync()
    {
        await WaitAsync(() => Peer.State == BgpSessionState.Established, "our session");
        await Poll.UntilAsync(() => _lab.Router.IsEstablishedAsync(_kind), isUp => isUp, "the router says that the session is up", Describe, Patience);
        await WaitAsync(() => Has(MatrixPlan.RouterPrefix), "the router's route");
    }

    /// <summary>Routers take their time between two tries.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public bool Has(string prefix) => _table.ContainsKey(IpPrefix.Parse(prefix));

    /// <summary>How often a prefix was announced in this session; 0 when it was withdrawn since.</summary>
    public int Announcements(string prefix) => _table.GetValueOrDefault(IpPrefix.Parse(prefix));

    /// <summary>How many routes of <see cref="MatrixPlan.BulkPrefixes"/> there are.</summary>
    public int BulkCount => _table.Keys.Count(prefix => prefix.ToString().StartsWith("198.18.", StringComparison.Ordinal));

    /// <summary>Announces a prefix, and waits until the router has it.</summary>
    /// <returns>The AS path as the router writes it.</returns>
    public async Task<string> AnnounceAsync(IpPrefix prefix)
    {
        // A next hop of its own family, whatever the session runs over.
        var attributes = prefix.Family == BgpFamily.Ipv6Unicast ? new BgpRouteAttributes { NextHop = MatrixPlan.OurV6(_kind) } : new();
        Speaker.Routes.Announce(new BgpRoute(prefix, attributes));
        return (await Poll.UntilAsync(() => _lab.Router.FindPathAsync(_kind, prefix), path => path is not null, $"the router has {prefix}", Describe))!;
    }

    /// <summary>Withdraws a prefix, and waits until the router has it no more.</summary>
    public Task WithdrawAsync(IpPrefix prefix)
    {
        Speaker.Routes.Withdraw(prefix);
        return Poll.UntilAsync(() => _lab.Router.FindPathAsync(_kind, prefix), path => path is null, $"the router has {prefix} no more", Describe);
    }

    public Task WaitAsync(Func<bool> condition, string what) =>
        Poll.UntilAsync(() => Task.FromResult(condition()), isMet => isMet, what, Describe, Patience);

    public async Task<BgpDownReason> WaitForDownAsync(BgpDownKind kind)
    {
        await WaitAsync(() => Peer.Status.LastDown?.Kind == kind, $"{kind}");
        return Peer.Status.LastDown!;
    }

    public string Describe() => $"{_table.Count} prefixes: {string.Join(", ", _table.Take(10).Select(pair => $"{pair.Key} {pair.Value} times"))}\n{Peer.Status}\nlast down: {Peer.Status.LastDown}\n{_lab.Router.Describe()}";

    public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
    {
        foreach (var prefix in update.WithdrawnPrefixes)
        {
            _table.TryRemove(prefix, out _);
        }
        foreach (var prefix in update.AnnouncedPrefixes)
        {
            _table.AddOrUpdate(prefix, 1, (_, times) => times + 1);
        }
        return ValueTask.CompletedTask;
    }

    public override ValueTask OnDownAsync(BgpSession session, BgpDownReason reason)
    {
        _table.Clear();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => Speaker.DisposeAsync();
}
