using System.Net.Sockets;
using static System.FormattableString;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Turns the sources into <see cref="AdvertiserOptions"/>, or into every problem they have.</summary>
internal static class AdvertiserOptionsReader
{
    /// <summary>What a router may take to acknowledge a withdrawal, out of the deadline of a stop.</summary>
    private static readonly TimeSpan ForAcknowledgement = TimeSpan.FromMilliseconds(500);

    /// <summary>Null when there are problems, each added as one line.</summary>
    /// <param name="commandLine">The parsed arguments.</param>
    /// <param name="host">The environment and the interfaces.</param>
    /// <param name="problems">May hold problems of the command line already.</param>
    public static AdvertiserOptions? Read(CommandLine commandLine, HostFacts host, List<string> problems) =>
        Read(ConfigurationSources.Read(commandLine, host, problems), host, problems);

    public static AdvertiserOptions? Read(ConfigurationSources sources, HostFacts host, List<string> problems)
    {
        var reader = new SettingReader(sources, problems);
        reader.RefuseUnknownKeys();
        var localAsn = reader.Read(Settings.LocalAs);
        var vips = VipReader.Read(reader, host, problems);
        var peers = PeerReader.Read(reader, localAsn, vips, FamiliesOf(vips));
        if (peers.Count == 0)
        {
            reader.Miss("peers is missing: it has to be a list of at least one router with address and as");
        }

        var routerId = reader.IsGiven(Settings.RouterId) ? reader.Read(Settings.RouterId)
            : peers is [{ Session.LocalAddress: { AddressFamily: AddressFamily.InterNetwork } source }, ..] ? BgpIdentifier.FromAddress(source)
            : (BgpIdentifier?)null;
        var options = new AdvertiserOptions
        {
            Vips = vips,
            LocalAsn = localAsn,
            RouterId = routerId,
            LogLevel = reader.Read(Settings.LogLevel),
            LogFormat = reader.Read(Settings.LogFormat),
            Peers = peers,
            Stop = ReadStop(reader, problems),
            Gate = GateReader.Read(reader, sources),
            Http = reader.Read(Settings.HttpListen),
            StatusAccess = reader.Read(Settings.HttpStatus),
            Healthz = reader.Read(Settings.HttpHealthz),
            Control = reader.Read(Settings.Control),
            Otlp = OtlpReader.Read(reader, sources),
            IsKubeVip = sources.KubeVip is not null,
            Remarks = [.. sources.Remarks, .. reader.Remarks],
        };
        if (problems.Count == 0)
        {
            problems.AddRange(WhatTheSessionsRefuse(options));
        }

        return problems.Count == 0 ? options : null;
    }

    /// <summary>A reload must not find out halfway.</summary>
    private static IEnumerable<string> WhatTheSessionsRefuse(AdvertiserOptions options)
    {
        var speaker = new BgpSpeakerOptions { LocalAsn = options.LocalAsn, RouterId = options.RouterId ?? new BgpIdentifier(1) };
        return options.Peers
            .SelectMany(peer => peer.Session.FindProblems(speaker).Select(problem => $"peer {peer.Session.Address}: {problem}"))
            .Concat(options.Stop.FindProblems().Select(problem => $"drain: {problem}"));
    }

    /// <summary>IPv6 too when an IPv6 VIP is there, or a name that may become one.</summary>
    private static IReadOnlyList<BgpFamily> FamiliesOf(IReadOnlyList<VipOptions> vips) =>
        vips.Any(vip => vip.Address is { } address ? address.AddressFamily == AddressFamily.InterNetworkV6 : vip.DnsMode != DnsMode.Ipv4)
            ? [BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast]
            : [BgpFamily.Ipv4Unicast];

    private static BgpStopOptions ReadStop(SettingReader reader, List<string> problems)
    {
        var before = problems.Count;
        var (time, linger, deadline) = (reader.Read(Settings.DrainTime), reader.Read(Settings.DrainLinger), reader.Read(Settings.DrainDeadline));
        if (problems.Count == before)
        {
            (time, linger) = FitDrain(reader, time, linger, deadline);
        }

        return new BgpStopOptions
        {
            Mode = BgpStopMode.Drain,
            DrainTime = time,
            DrainMed = reader.Read(Settings.DrainMed),
            Linger = linger,
            Timeout = deadline,
            Message = reader.Read(Settings.DrainMessage),
        };
    }

    /// <summary>The withdrawal, its acknowledgement and the linger fit into the deadline: the drain's time is cut first, then the linger.</summary>
    private static (TimeSpan Time, TimeSpan Linger) FitDrain(SettingReader reader, TimeSpan time, TimeSpan linger, TimeSpan deadline)
    {
        var room = deadline - TimeSpan.FromTicks(Math.Min(ForAcknowledgement.Ticks, deadline.Ticks / 4));
        var lingerLeft = linger < room ? linger : room;
        var timeLeft = time < room - lingerLeft ? time : room - lingerLeft;
        if (timeLeft != time || lingerLeft != linger)
        {
            var cut = lingerLeft == linger ? string.Empty : Invariant($" and {Settings.DrainLinger.Key} to {lingerLeft.TotalSeconds} s");
            reader.Remarks.Add(Invariant(
                $"{Settings.DrainTime.Key} is cut from {time.TotalSeconds} s to {timeLeft.TotalSeconds} s{cut}: the withdrawal, its acknowledgement and {Settings.DrainLinger.Key} have to fit into {Settings.DrainDeadline.Key}, {deadline.TotalSeconds} s"));
        }

        return (timeLeft, lingerLeft);
    }
}
