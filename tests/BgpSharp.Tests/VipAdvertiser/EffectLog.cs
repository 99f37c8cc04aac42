using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>Stands for the kernel, the peers, the gate, DNS and the configuration: writes down what is asked of them, in order.</summary>
internal sealed class EffectLog : IVipAddresses, IVipAnnouncer, IHealthGateFactory, IHealthGate, INameResolver, IConfigurationLoader
{
    private readonly Channel<string> _effects = Channel.CreateUnbounded<string>();
    private readonly Channel<string?> _checks = Channel.CreateUnbounded<string?>();
    private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
    private readonly HashSet<IPAddress> _refused = [];
    private IReadOnlyList<VipPlacement> _wanted = [];
    private IReadOnlyList<IpPrefix> _routes = [];

    public IReadOnlyCollection<IPAddress> InPlace { get; private set; } = [];

    public IReadOnlyList<PeerStatus> Peers => [];

    public BfdThreadStatus? BfdThread => null;

    public byte[]? RecordingOf(string peer) => null;

    /// <summary>What the kernel answers to every change.</summary>
    public NetlinkException? Refusal { get; init; }

    public Exception? StopFailure { get; init; }

    /// <summary>Has the sessions' end wait for it, or for the second signal.</summary>
    public TaskCompletionSource? Drain { get; init; }

    /// <summary>Has the change of sessions wait for it, or for the stop.</summary>
    public TaskCompletionSource? Change { get; set; }

    /// <summary>Has a load wait for it.</summary>
    public ManualResetEventSlim? Reading { get; set; }

    /// <summary>What name servers answer instead of addresses.</summary>
    public SocketException? ResolveFailure { get; set; }

    /// <summary>Has one answer of name servers wait for it.</summary>
    public TaskCompletionSource<IReadOnlyList<IPAddress>>? LateAnswer { get; set; }

    /// <summary>What the next load gives, and the problems it has.</summary>
    public (AdvertiserOptions? Options, string[] Problems) Next { get; set; } = (null, ["vip is 'x' (a file): wrong"]);

    /// <summary>The addresses of every name.</summary>
    public IReadOnlyList<IPAddress> Resolved { get; set; } = [];

    /// <summary>How many gates have begun to watch. The one before is over then, and takes no check.</summary>
    public int Watches { get; private set; }

    /// <summary>The next observation's outcome: null for success.</summary>
    public void Check(string? failure) => _checks.Writer.TryWrite(failure).Should().BeTrue();

    /// <summary>The kernel takes an address away, or gives it back.</summary>
    public void Refuse(IPAddress address, bool refused)
    {
        _ = refused ? _refused.Add(address) : _refused.Remove(address);
        InPlace = [.. InPlace.Where(other => !other.Equals(address))];
        _changes.Writer.TryWrite(true).Should().BeTrue();
    }

    /// <summary>Addresses that are there before anybody adds them.</summary>
    public IReadOnlyList<string> LeftBehind { get; init; } = [];

    /// <summary>Waits for the next effects, within a deadline.</summary>
    public async Task ExpectAsync(params string[] effects)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        foreach (var effect in effects)
        {
            (await _effects.Reader.ReadAsync(deadline.Token)).Should().Be(effect);
        }
    }

    /// <summary>Waits for as many effects, within a deadline: the first of them may come anywhere among the others.</summary>
    public async Task ExpectInAnyOrderAsync(string anywhere, params string[] inOrder)
    {
        List<string> seen = [];
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (seen.Count < inOrder.Length + 1)
        {
            seen.Add(await _effects.Reader.ReadAsync(deadline.Token));
        }

        seen.Should().Contain(anywhere);
        seen.Where(effect => effect != anywhere).Should().Equal(inOrder);
    }

    /// <summary>An effect that happened already, when there is one.</summary>
    public bool TryNext(out string? effect) => _effects.Reader.TryRead(out effect);

    public void Set(IReadOnlyList<VipPlacement> wanted)
    {
        wanted = [.. wanted.Where(placement => !placement.OnlyKept || LeftBehind.Contains($"{placement.Address}")).Select(placement => placement with { OnlyKept = false })];
        foreach (var gone in _wanted.Except(wanted))
        {
            Write($"remove {gone.Address}");
        }

        foreach (var added in wanted.Except(_wanted))
        {
            Write($"{(LeftBehind.Contains($"{added.Address}") ? "keep" : "add")} {added.Address}");
            if (Refusal is not null)
            {
                throw Refusal;
            }
        }

        _wanted = wanted;
        InPlace = [.. wanted.Select(placement => placement.Address).Where(address => !_refused.Contains(address))];
    }

    public Task WaitForChangeAsync(CancellationToken cancellationToken) => _changes.Reader.ReadAsync(cancellationToken).AsTask();

    public Task ApplyAsync(AdvertiserOptions options, CancellationToken cancellationToken)
    {
        Write("connect");
        return Change?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    public void SetRoutes(IReadOnlyList<BgpRoute> routes)
    {
        IReadOnlyList<IpPrefix> prefixes = [.. routes.Select(route => route.Prefix)];
        foreach (var gone in _routes.Except(prefixes))
        {
            Write($"withdraw {gone}");
        }

        foreach (var added in prefixes.Except(_routes))
        {
            Write($"announce {added}");
        }

        _routes = prefixes;
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Write("flush");
        return Task.CompletedTask;
    }

    public async Task StopAsync(string? message, CancellationToken cancellationToken)
    {
        Write(message is null ? "close" : $"close '{message}'");
        if (Drain is not null)
        {
            await Drain.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _routes = [];

        if (StopFailure is not null)
        {
            throw StopFailure;
        }
    }

    public IHealthGate Create(GateOptions options, Func<IReadOnlyCollection<IPAddress>> vips) => this;

    public async IAsyncEnumerable<HealthObservation> WatchAsync(HealthState state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Watches++;
        await foreach (var failure in _checks.Reader.ReadAllAsync(cancellationToken))
        {
            var before = state;
            state = state.Observe(failure is null, fall: 3, rise: 2);
            yield return new HealthObservation(state, state.Verdict != before.Verdict, failure);
        }
    }

    public Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        if (LateAnswer is { } late)
        {
            LateAnswer = null;
            return late.Task;
        }

        return ResolveFailure is null ? Task.FromResult(Resolved) : Task.FromException<IReadOnlyList<IPAddress>>(ResolveFailure);
    }

    public AdvertiserOptions? Load(List<string> problems)
    {
        Reading?.Wait();
        problems.AddRange(Next.Problems);
        return Next.Options;
    }

    private void Write(string effect) => _effects.Writer.TryWrite(effect).Should().BeTrue();
}
