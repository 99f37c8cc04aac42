namespace BgpSharp.Simulation;

/// <summary>Links between hosts: their delay, and until when they are cut.</summary>
internal sealed class SimNetwork(World world, TimeSpan delay)
{
    private static readonly TimeSpan SynPatience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<(int, int), TimeSpan> _cuts = [];

    public List<SimEnd> Ends { get; } = [];

    public TimeSpan Delay() => delay * (0.5 + world.Random.NextDouble());

    public void Cut(SimHost one, SimHost other, TimeSpan until) => _cuts[Key(one, other)] = until;

    public TimeSpan? CutUntil(SimHost one, SimHost other)
    {
        var until = _cuts.TryGetValue(Key(one, other), out var cut) ? cut : (TimeSpan?)null;
        foreach (var host in (ReadOnlySpan<SimHost>)[one, other])
        {
            until = host.OffUntil > (until ?? TimeSpan.Zero) ? host.OffUntil : until;
        }

        return until;
    }

    /// <summary>Dials: a host that is cut off does not answer, one without a listener refuses.</summary>
    public void Connect(SimConnection dialler, SimHost to, TimeSpan begunAt)
    {
        var from = dialler.Host;
        world.Clock.After(Delay(), () =>
        {
            if (dialler.IsGivenUp)
            {
                return;
            }

            if (CutUntil(from, to) is { } until && until > world.Clock.Now)
            {
                if (until - begunAt < SynPatience)
                {
                    world.Clock.At(until, () => Connect(dialler, to, begunAt));
                }

                return;
            }

            if (!to.IsUp)
            {
                world.Clock.After(Delay(), () => dialler.Do(dialler.Refused));
                return;
            }

            // Nothing overtakes the SYN+ACK.
            var answered = world.Clock.Now + Delay();
            var near = new SimEnd(from);
            var far = new SimEnd(to) { Other = near, NothingArrivesBefore = answered };
            near.Other = far;
            Ends.Add(near);
            Ends.Add(far);
            to.Do(() => to.Accept(from, far));
            world.Clock.At(answered, () =>
            {
                if (dialler.IsAlive)
                {
                    dialler.Do(() => dialler.Connected(near));
                }
                else
                {
                    near.Dispose();
                }
            });
        });
    }

    private static (int, int) Key(SimHost one, SimHost other) => one.Number < other.Number ? (one.Number, other.Number) : (other.Number, one.Number);
}
