using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.ReadBack;

/// <summary>
/// One router for all tests of a class, and a speaker of this process on each master: one external session, one internal,
/// one with a router that knows two-octet AS numbers only. All of <see cref="SentRoutes"/> are announced.
/// </summary>
public abstract class ReadBackLab : IAsyncDisposable
{
    internal const uint RouterAsn = 65001;
    internal const uint ExternalAsn = 65000;
    internal const uint ConfederationAsn = 65100;
    internal static readonly IPAddress RouterV6 = IPAddress.Parse("2001:db8::9");
    internal static readonly IReadOnlyDictionary<string, string> NothingWithheld = new Dictionary<string, string>();
    private static readonly IPAddress RouterLinkLocal = IPAddress.Parse("fe80::9");
    private static readonly BgpFamily[] BothFamilies = [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast];

    private readonly Dictionary<SessionKind, (BgpSpeaker Speaker, BgpPeer Peer, NamespaceTransport Transport)> _speakers = [];

    /// <summary>The sessions this router can have.</summary>
    internal virtual IReadOnlyList<SessionKind> Sessions => [SessionKind.External, SessionKind.Internal, SessionKind.TwoOctet];

    /// <summary>What the router can be sent in a session.</summary>
    internal virtual IReadOnlyList<BgpFamily> FamiliesOf(SessionKind session) => BothFamilies;

    /// <summary>The names of routes that this router must not be sent, with the reason.</summary>
    internal virtual IReadOnlyDictionary<string, string> Withheld => NothingWithheld;

    /// <summary>What is announced over a session.</summary>
    internal IEnumerable<SentRoute> RoutesOf(SessionKind session) => SentRoutes.Of(session).Where(route => !Withheld.ContainsKey(route.Name));

    internal Lab Lab { get; private set; } = null!;

    internal static IPAddress MasterV6(SessionKind session) => IPAddress.Parse($"2001:db8::1{(int)session}");

    internal static IPAddress MasterLinkLocal(SessionKind session) => IPAddress.Parse($"fe80::1{(int)session}");

    internal BgpSpeaker Speaker(SessionKind session) => _speakers[session].Speaker;

    internal BgpPeer Peer(SessionKind session) => _speakers[session].Peer;

    /// <summary>The messages sent over the session so far.</summary>
    internal IReadOnlyList<byte[]> Sent(SessionKind session) => _speakers[session].Transport.Sent.Messages;

    /// <summary>Starts the router with a passive neighbor for each session, in both families.</summary>
    private protected abstract Task StartRouterAsync();

    /// <summary>A route as the router has it from a session; null: it has none.</summary>
    private protected abstract Task<ShownRoute?> ShowAsync(IpPrefix prefix, SessionKind session);

    /// <summary>How many prefixes the router has from a session.</summary>
    private protected abstract Task<int> CountAsync(BgpFamily family, SessionKind session);

    /// <summary>The router's log, for failure messages.</summary>
    private protected abstract string Describe();

    /// <summary>What the router found wrong so far, from its log.</summary>
    internal abstract IReadOnlyList<string> Complaints();

    /// <summary>Starts everything at its first call: a fixture's constructor could not skip a test.</summary>
    internal async Task ReadyAsync()
    {
        if (Lab is not null)
        {
            return;
        }
        Lab = await Lab.CreateAsync(masters: 3);
        await SetAddressesAsync(Lab.RouterNs, RouterV6, RouterLinkLocal);
        foreach (var session in Sessions)
        {
            await SetAddressesAsync(Lab.MasterNs((int)session), MasterV6(session), MasterLinkLocal(session));
        }
        await StartRouterAsync();
        foreach (var session in Sessions)
        {
            await StartSpeakerAsync(session);
        }
        foreach (var session in Sessions)
        {
            foreach (var family in FamiliesOf(session))
            {
                await WaitForCountAsync(family, session, RoutesOf(session).Count());
            }
        }
    }

    /// <summary>Waits until the router has a route.</summary>
    /// <param name="prefix">Its prefix.</param>
    /// <param name="session">The session it comes from.</param>
    /// <param name="attributes">The attributes to wait for; null: any.</param>
    internal async Task<ShownRoute> WaitForAsync(IpPrefix prefix, SessionKind session, string? attributes = null) => (await Poll.UntilAsync(
        () => ShowAsync(prefix, session),
        shown => shown is not null && (attributes is null || shown.Attributes == attributes),
        $"{prefix} in the router's table {attributes}",
        DescribeAll))!;

    /// <summary>Waits until the router has a route no more.</summary>
    internal Task WaitForNoneAsync(IpPrefix prefix, SessionKind session) => Poll.UntilAsync(
        () => ShowAsync(prefix, session), shown => shown is null, $"{prefix} gone from the router's table", DescribeAll);

    /// <summary>Waits until the router has this many prefixes from a session.</summary>
    internal Task WaitForCountAsync(BgpFamily family, SessionKind session, int count) => Poll.UntilAsync(
        () => CountAsync(family, session), number => number == count, $"{count} routes of {family} from the {session} session", DescribeAll);

    /// <summary>The attributes with the next hop a family needs: IPv4 has the session's own address.</summary>
    internal static BgpRouteAttributes For(BgpRouteAttributes attributes, BgpFamily family, SessionKind session) =>
        family == BgpFamily.Ipv6Unicast && attributes.NextHop is null ? new(attributes) { NextHop = MasterV6(session) } : attributes;

    // The kernel's own link-local address is not usable before it has been looked for on the link, which takes a second.
    private static Task SetAddressesAsync(string ns, IPAddress global, IPAddress linkLocal) => Ip.BatchAsync(ns,
        $"addr flush dev {LabTopology.Interface} scope link",
        $"addr add {linkLocal}/64 dev {LabTopology.Interface} nodad",
        $"addr add {global}/64 dev {LabTopology.Interface} nodad");

    private async Task StartSpeakerAsync(SessionKind session)
    {
        var transport = new NamespaceTransport(Lab.MasterNs((int)session));
        var speaker = new BgpSpeaker(new BgpSpeakerOptions
        {
            LocalAsn = session == SessionKind.Internal ? RouterAsn : ExternalAsn,
            RouterId = BgpIdentifier.Parse(LabTopology.MasterAddress((int)session).ToString()),
            Transport = transport,
        });
        var peer = speaker.AddPeer(new BgpPeerOptions
        {
            Address = LabTopology.RouterAddress,
            RemoteAsn = RouterAsn,
            Families = BothFamilies,
        });
        _speakers[session] = (speaker, peer, transport);
        foreach (var route in RoutesOf(session))
        {
            foreach (var family in FamiliesOf(session))
            {
                speaker.Routes.Announce(new BgpRoute(SentRoutes.PrefixOf(route.Name, family), For(route.Attributes, family, session)));
            }
        }
        await speaker.StartAsync(TestContext.Current.CancellationToken);
        using var limit = new Deadline();
        try
        {
            await peer.WaitForEstablishedAsync(limit.Token);
        }
        catch (OperationCanceledException e) when (limit.Passed)
        {
            throw new TimeoutException($"{e.Message}\n{Describe()}");
        }
    }

    private string DescribeAll() =>
        string.Join('\n', _speakers.Select(s => $"{s.Key}: {s.Value.Peer.Status}")) + '\n' + Describe();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var (speaker, _, _) in _speakers.Values)
        {
            await speaker.DisposeAsync();
        }
        if (Lab is not null)
        {
            await Lab.DisposeAsync();
        }
    }
}
