using System.Globalization;

namespace BgpSharp.Simulation;

/// <summary>One run: speakers, a network, and what goes wrong with them, all from one number.</summary>
internal sealed class World
{
    private const int TraceLength = 80;
    private static readonly TimeSpan TimeToAgree = TimeSpan.FromSeconds(160);
    private static readonly TimeSpan TimeToRest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(150);

    private readonly bool _tracing;
    private readonly Queue<string> _trace = new();
    private ulong _hash = 14695981039346656037;

    private World(ulong seed, Mutation mutation, bool tracing)
    {
        (Random, Mutation, _tracing) = (new SimRandom(seed), mutation, tracing);
        Network = new SimNetwork(this, Random.Between(0.0005, 0.06));
    }

    public SimClock Clock { get; } = new();

    public SimRandom Random { get; }

    public SimNetwork Network { get; }

    public Mutation Mutation { get; }

    public List<SimHost> Hosts { get; } = [];

    /// <summary>From when on nothing goes wrong any more.</summary>
    public TimeSpan HealedAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>When everything has been stopped, and BFD may end too.</summary>
    public TimeSpan EndsAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Runs a seed.</summary>
    public static RunResult Run(ulong seed, Mutation mutation = Mutation.None, bool tracing = false)
    {
        var world = new World(seed, mutation, tracing);
        try
        {
            world.Play();
            return new RunResult(seed, null, world._hash, []);
        }
        catch (InvariantException broken)
        {
            return new RunResult(seed, $"at {world.Clock.Now.TotalSeconds:0.000} s: {broken.Message}", world._hash, [.. world._trace]);
        }
    }

    /// <summary>Remembers what happened: in the hash always, in words when somebody will read them.</summary>
    public void Note<T>(SimHost host, T what, int connection)
        where T : struct, Enum
    {
        _hash = ((((_hash ^ (ulong)Clock.Now.Ticks) * 1099511628211) ^ (ulong)what.GetHashCode()) * 1099511628211) ^ (uint)connection;
        if (_tracing)
        {
            Say($"speaker {host.Number}: {what} {connection}");
        }
    }

    public void Say(string text)
    {
        if (!_tracing)
        {
            return;
        }

        if (_trace.Count == TraceLength)
        {
            _trace.Dequeue();
        }

        _trace.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{Clock.Now.TotalSeconds,9:0.000} {text}"));
    }

    private void Play()
    {
        HealedAt = Chaos.Prepare(this);
        Clock.RunUntil(HealedAt + TimeToAgree);
        Referee.CheckAgreement(this);
        var sessions = Sessions();
        Clock.RunUntil(Clock.Now + TimeToRest);
        Referee.Require(sessions.SequenceEqual(Sessions()), "a session fell while nothing happened");
        Referee.CheckAgreement(this);
        foreach (var host in Hosts)
        {
            host.Stop();
        }

        EndsAt = Clock.Now;

        // A SYN on its way, a delayed close, the last replaced timer.
        Clock.RunUntil(Clock.Now + TimeToEnd);
        Referee.CheckNothingLeft(this);
    }

    private SimConnection?[] Sessions() => [.. Hosts.SelectMany(host => host.Peers.Values).Select(peer => peer.Established)];
}
