namespace BgpSharp.Simulation;

/// <summary>
/// BFD between two machines, as their peers see it: Up some time after both run and reach each other, Down within moments of the end
/// of that, and each side hears of it for itself.
/// </summary>
internal sealed class SimBfd(SimHost one, SimHost other)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private TimeSpan? _upAt;

    public void Start() => one.World.Clock.At(TimeSpan.Zero, Look);

    private void Look()
    {
        var world = one.World;
        var now = world.Clock.Now;
        var isPath = one.IsUp && other.IsUp && !(world.Network.CutUntil(one, other) > now) && one.PausedUntil <= now && other.PausedUntil <= now;
        if (!isPath)
        {
            _upAt = null;
        }
        else
        {
            _upAt ??= now + (world.Random.Chance(0.2) ? world.Random.Between(3, 40) : world.Random.Between(0.5, 3));
        }

        Referee.CheckWait(one);
        Referee.CheckWait(other);
        Tell(one, other, _upAt <= now);
        Tell(other, one, _upAt <= now);
        if (world.Clock.Now < world.EndsAt)
        {
            world.Clock.After(Interval, Look);
        }
    }

    private static void Tell(SimHost host, SimHost about, bool isUp)
    {
        if (host.IsUp && host.Peers[about.Number].IsBfdUp != isUp)
        {
            host.World.Clock.After(host.World.Random.Between(0, 0.05), () => host.Do(() => host.Peers[about.Number].BfdChanged(isUp)));
        }
    }
}
