namespace BgpSharp.Simulation;

/// <summary>What goes wrong, and when: made before the run begins, but for what depends on the connections there are.</summary>
internal static class Chaos
{
    public static TimeSpan Prepare(World world)
    {
        var random = world.Random;
        var count = random.Chance(0.8) ? 2 : 3;
        for (var number = 0; number < count; number++)
        {
            // The order of the identifiers is not that of the numbers.
            var identifier = (uint)((198 << 24) | (51 << 16) | (100 << 8) | ((random.Next(16) * 8) + number + 1));
            world.Hosts.Add(new SimHost(world, number, identifier, TimeSpan.FromSeconds(random.Of(3, 9, 9, 30)), random.Chance(0.5)));
        }

        foreach (var host in world.Hosts)
        {
            foreach (var other in world.Hosts.Where(other => other != host))
            {
                var bothDial = random.Chance(0.85);
                host.AddPeer(other, active: bothDial || host.Number < other.Number);
            }

            foreach (var other in world.Hosts.Where(other => other.Number > host.Number))
            {
                new SimBfd(host, other).Start();
            }

            world.Clock.At(random.Chance(0.5) ? TimeSpan.Zero : random.Between(0, 2), host.Start);
        }

        var healed = random.Between(20, 90);
        var edits = 0;
        for (var i = random.Next(40); i >= 0; i--)
        {
            world.Clock.At(random.Between(0, healed.TotalSeconds), () => Edit(world, ++edits));
        }

        for (var i = random.Next(16); i > 0; i--)
        {
            world.Clock.At(random.Between(0, healed.TotalSeconds), () => Fault(world, healed));
        }

        return healed;
    }

    private static void Edit(World world, int edit)
    {
        var random = world.Random;
        var host = world.Hosts[random.Next(world.Hosts.Count)];
        var prefix = IpPrefix.Create(new System.Net.IPAddress([203, 0, 113, (byte)random.Next(random.Of(2, 40))]), 32);
        if (random.Chance(0.4))
        {
            host.Withdraw(prefix);
            world.Say($"speaker {host.Number} withdraws {prefix}");
        }
        else
        {
            var med = (uint)random.Next(4);
            host.Announce(prefix, med, edit);
            world.Say($"speaker {host.Number} announces {prefix}, MED {med}");
        }
    }

    private static void Fault(World world, TimeSpan healed)
    {
        var random = world.Random;
        var host = world.Hosts[random.Next(world.Hosts.Count)];
        var other = world.Hosts[(host.Number + 1) % world.Hosts.Count];
        var left = healed - world.Clock.Now;
        TimeSpan AtMost(TimeSpan time) => time < left ? time : left;
        switch (random.Next(9))
        {
            case 0:
                var cut = AtMost(random.Between(0.1, 40));
                world.Say($"the link {host.Number}-{other.Number} is cut for {cut.TotalSeconds:0.0} s");
                world.Network.Cut(host, other, world.Clock.Now + cut);
                break;
            case 1 or 2:
                if (world.Network.Ends.Count > 0)
                {
                    var end = world.Network.Ends[^(1 + random.Next(Math.Min(4, world.Network.Ends.Count)))];
                    world.Say($"a connection of {end.Host.Number} is about to break");
                    end.BreaksAfter = random.Next(400);
                }

                break;
            case 3:
                world.Say($"speaker {host.Number} restarts");
                host.Restart(AtMost(random.Between(0, 5)), powerLost: false);
                break;
            case 4:
                world.Say($"speaker {host.Number} loses power");
                host.Restart(AtMost(random.Between(0.1, 20)), powerLost: true);
                break;
            case 5:
                var pause = AtMost(random.Between(0.05, random.Of(1, 20)));
                world.Say($"speaker {host.Number} stands still for {pause.TotalSeconds:0.0} s");
                host.Pause(pause);
                break;
            case 6:
                world.Say($"the clock of speaker {host.Number} jumps");
                host.JumpClock(random.Between(0.5, 40));
                break;
            case 7:
                if (host.IsUp)
                {
                    world.Say($"speaker {host.Number} resets a peer");
                    host.Do(host.Peers[other.Number].Reset);
                }

                break;
            default:
                // Both lose everything at once, and dial each other at once.
                world.Say("all connections break");
                foreach (var end in world.Network.Ends)
                {
                    end.Reset();
                }

                break;
        }
    }
}
