using System.Globalization;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Turns the sources into <see cref="AdvertiserOptions"/>, or into every problem they have.</summary>
internal static class AdvertiserOptionsReader
{
    private static readonly Setting<BgpSecret?>[] PasswordSettings = [Settings.PeerPassword, Settings.PeerPasswordFile, Settings.PeerPasswordVariable];

    /// <summary>Null when there are problems, each added as one line.</summary>
    /// <param name="commandLine">The parsed arguments.</param>
    /// <param name="findInterface">The index of an interface, 0 when there is none of that name.</param>
    /// <param name="problems">May hold problems of the command line already.</param>
    public static AdvertiserOptions? Read(CommandLine commandLine, Func<string, int> findInterface, List<string> problems)
    {
        var reader = new SettingReader(ConfigurationSources.Read(commandLine, problems), problems);
        reader.RefuseUnknownKeys();
        var interfaceName = reader.Read(Settings.Interface);
        var peers = ReadPeers(reader, problems);
        var vip = reader.Read(Settings.Vip);
        var options = new AdvertiserOptions
        {
            Vips =
            [
                new VipOptions
                {
                    Name = $"{vip}", Address = vip, DnsMode = DnsMode.First, Interface = interfaceName, GlobalScope = false, SkipDad = false, Route = RouteOptions.None,
                },
            ],
            LocalAsn = reader.Read(Settings.LocalAs),
            RouterId = ReadRouterId(reader, peers, problems),
            LogLevel = reader.Read(Settings.LogLevel),
            Peers = [.. peers.Select(peer => new PeerOptions { Session = peer, Route = RouteOptions.None })],
            Stop = ReadStop(reader, problems),
            Gate = ReadGate(reader),
            Http = null,
            Control = reader.Read(Settings.Control),
            IsKubeVip = false,
            Remarks = [],
        };
        if (findInterface(interfaceName) == 0)
        {
            reader.Refuse(Settings.Interface.Key, interfaceName, "there is no such interface on this host");
        }

        return problems.Count == 0 ? options : null;
    }

    private static List<BgpPeerOptions> ReadPeers(SettingReader reader, List<string> problems)
    {
        var peers = new List<BgpPeerOptions>();
        foreach (var index in reader.Positions("peers"))
        {
            if (reader.IsGiven(Settings.PeerTtl, index) && reader.IsGiven(Settings.PeerTtlSecurityHops, index))
            {
                problems.Add($"{Settings.PeerTtl.At(index)} and {Settings.PeerTtlSecurityHops.At(index)} are both given: only one may be");
            }

            var holdTime = reader.Read(Settings.PeerHoldTime, index);
            var peer = new BgpPeerOptions
            {
                Address = reader.Read(Settings.PeerAddress, index),
                Port = reader.Read(Settings.PeerPort, index),
                RemoteAsn = reader.Read(Settings.PeerAs, index),
                HoldTime = holdTime,
                SendHoldTime = ReadSendHoldTime(reader, index, holdTime),
                GracefulRestart = reader.Read(Settings.PeerGracefulRestart, index) is { } restartTime ? new() { RestartTime = restartTime } : null,
                SourceInterface = reader.Read(Settings.PeerSourceInterface, index),
                LocalAddress = reader.Read(Settings.PeerSourceAddress, index),
                TimeToLive = reader.Read(Settings.PeerTtl, index),
                TtlSecurityHops = reader.Read(Settings.PeerTtlSecurityHops, index),
                Password = ReadPassword(reader, index, problems),
            };
            if (peer.Address is not null && peers.Any(p => peer.Address.Equals(p.Address)))
            {
                reader.Refuse(Settings.PeerAddress.At(index), $"{peer.Address}", "another peer has the same address");
            }

            peers.Add(peer);
        }

        if (peers.Count == 0)
        {
            problems.Add("peers is missing: it has to be a list of at least one router with address and as");
        }

        return peers;
    }

    /// <summary>A router that takes no withdrawal must not keep the VIP for the library's 8 minutes.</summary>
    private static TimeSpan ReadSendHoldTime(SettingReader reader, int index, TimeSpan holdTime)
    {
        if (reader.Read(Settings.PeerSendHoldTime, index) is not { } sendHoldTime)
        {
            return TimeSpan.FromSeconds(Math.Min(2 * holdTime.TotalSeconds, SettingParsers.LongestSendHoldTime));
        }

        if (sendHoldTime != TimeSpan.Zero && sendHoldTime <= holdTime)
        {
            reader.Refuse(
                Settings.PeerSendHoldTime.At(index), $"{sendHoldTime.TotalSeconds:0}", $"it has to be more than {Settings.PeerHoldTime.At(index)}, {holdTime.TotalSeconds:0}");
        }

        return sendHoldTime;
    }

    private static BgpSecret? ReadPassword(SettingReader reader, int index, List<string> problems)
    {
        Setting<BgpSecret?>[] given = [.. PasswordSettings.Where(setting => reader.IsGiven(setting, index))];
        if (given.Length > 1)
        {
            problems.Add($"{string.Join(" and ", given.Select(setting => setting.At(index)))} are {(given.Length == 2 ? "both" : "all")} given: only one may be");
        }

        BgpSecret?[] read = [.. given.Select(setting => reader.Read(setting, index))];
        return read is [var password, ..] ? password : null;
    }

    private static BgpStopOptions ReadStop(SettingReader reader, List<string> problems)
    {
        var before = problems.Count;
        var stop = new BgpStopOptions
        {
            Mode = BgpStopMode.Drain,
            DrainTime = reader.Read(Settings.DrainTime),
            Linger = reader.Read(Settings.DrainLinger),
            Timeout = reader.Read(Settings.DrainDeadline),
            Message = reader.Read(Settings.DrainMessage),
        };
        if (problems.Count == before && stop.DrainTime + stop.Linger >= stop.Timeout)
        {
            problems.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{Settings.DrainTime.Key} and {Settings.DrainLinger.Key} are {(stop.DrainTime + stop.Linger).TotalSeconds} s together: it has to be less than {Settings.DrainDeadline.Key}, {stop.Timeout.TotalSeconds} s"));
        }

        return stop;
    }

    private static BgpIdentifier ReadRouterId(SettingReader reader, List<BgpPeerOptions> peers, List<string> problems)
    {
        if (reader.IsGiven(Settings.RouterId))
        {
            return reader.Read(Settings.RouterId);
        }

        if (peers is [{ LocalAddress: { } source }, ..])
        {
            return BgpIdentifier.FromAddress(source);
        }

        problems.Add($"{Settings.RouterId.Key} is missing: it has to be {Settings.RouterId.Allowed}, unless the first peer has a sourceAddress");
        return default;
    }

    private static GateOptions? ReadGate(SettingReader reader)
    {
        var target = reader.Read(Settings.HealthTcp);
        var interval = reader.Read(Settings.HealthInterval);
        var timeout = reader.Read(Settings.HealthTimeout);
        var fall = reader.Read(Settings.HealthFall);
        var rise = reader.Read(Settings.HealthRise);
        return target is null ? null : new GateOptions
        {
            Probe = new GateProbe.Tcp(target),
            Interval = interval,
            Timeout = timeout,
            Fall = fall,
            Rise = rise,
            Jitter = 0,
            ExpectedCodes = [],
            Tls = GateTlsOptions.None,
            FailStatic = null,
        };
    }
}
