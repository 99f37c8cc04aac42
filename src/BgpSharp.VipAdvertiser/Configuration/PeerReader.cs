using System.Net;
using BgpSharp.Bfd;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Reads the routers.</summary>
internal static class PeerReader
{
    private static readonly Setting<BgpSecret?>[] Passwords = [PeerSettings.Password, PeerSettings.PasswordFile, PeerSettings.PasswordVariable];

    private static readonly Setting[] BfdKeys = [PeerSettings.BfdTransmit, PeerSettings.BfdReceive, PeerSettings.BfdMultiplier, PeerSettings.BfdMultihop, PeerSettings.BfdStrict];

    public static IReadOnlyList<PeerOptions> Read(SettingReader reader, Asn localAsn, IReadOnlyList<VipOptions> vips, IReadOnlyList<BgpFamily> families)
    {
        var peers = new List<PeerOptions>();
        var recordedOctets = reader.Read(Settings.RecorderOctets);
        foreach (var index in reader.Positions("peers"))
        {
            var session = ReadSession(reader, index, families, recordedOctets);
            if (session.Address is not null && peers.Any(peer => session.Address.Equals(peer.Session.Address)))
            {
                reader.Refuse(PeerSettings.Address.At(index), $"{session.Address}", "another peer has the same address");
            }

            RefuseVip(reader, PeerSettings.Address.At(index), session.Address, vips);
            RefuseVip(reader, PeerSettings.SourceAddress.At(index), session.LocalAddress, vips);
            peers.Add(new PeerOptions { Session = session, Route = ReadRoute(reader, index, session.RemoteAsn, localAsn) });
        }

        return peers;
    }

    /// <summary>On this host a VIP is this host: a session to it would go nowhere, and one from it would end with it.</summary>
    private static void RefuseVip(SettingReader reader, string key, IPAddress? address, IReadOnlyList<VipOptions> vips)
    {
        if (address is not null && vips.Any(vip => address.Equals(vip.Address)))
        {
            reader.Refuse(key, $"{address}", "it is a VIP too");
        }
    }

    private static BgpPeerOptions ReadSession(SettingReader reader, int index, IReadOnlyList<BgpFamily> families, int recordedOctets)
    {
        reader.RefuseTogether([PeerSettings.Ttl, PeerSettings.TtlSecurityHops], index);
        var holdTime = reader.Read(PeerSettings.HoldTime, index);
        var (ttl, securityHops) = (reader.Read(PeerSettings.Ttl, index), reader.Read(PeerSettings.TtlSecurityHops, index));
        var session = new BgpPeerOptions
        {
            Address = reader.Read(PeerSettings.Address, index),
            Port = reader.Read(PeerSettings.Port, index),
            RemoteAsn = reader.Read(PeerSettings.As, index),
            HoldTime = holdTime,
            KeepaliveInterval = reader.Read(PeerSettings.KeepaliveInterval, index),
            SendHoldTime = ReadSendHoldTime(reader, index, holdTime),
            GracefulRestart = reader.Read(PeerSettings.GracefulRestart, index) is { } restartTime ? new() { RestartTime = restartTime } : null,
            SourceInterface = reader.Read(PeerSettings.SourceInterface, index),
            LocalAddress = reader.Read(PeerSettings.SourceAddress, index),
            TimeToLive = ttl,
            TtlSecurityHops = securityHops,
            Password = ReadPassword(reader, index),
            Bfd = ReadBfd(reader, index, isFar: (securityHops ?? ttl) > 1),
            Families = families,
            RecordedOctets = recordedOctets,
        };
        if (session is { GracefulRestart: not null, Bfd: not null })
        {
            reader.Remarks.Add($"{PeerSettings.GracefulRestart.At(index)} may be cut short by BFD, which ends when this program does: BIRD then drops the routes that it had kept, FRR does not. "
                + "Leave FRR's bfd check-control-plane-failure and BIRD's bfd graceful alone: with them the routes are also kept when this host loses its power");
        }

        if (session is { Address: { } address, LocalAddress: { } local } && address.AddressFamily != local.AddressFamily)
        {
            reader.Refuse(PeerSettings.SourceAddress.At(index), $"{local}", $"it has to be of the same family as {PeerSettings.Address.At(index)}, {address}");
        }

        return session;
    }

    /// <summary>A router that takes no withdrawal must not keep the VIP for the library's 8 minutes.</summary>
    private static TimeSpan ReadSendHoldTime(SettingReader reader, int index, TimeSpan holdTime)
    {
        if (reader.Read(PeerSettings.SendHoldTime, index) is not { } sendHoldTime)
        {
            return TimeSpan.FromSeconds(Math.Min(2 * holdTime.TotalSeconds, SettingParsers.LongestSendHoldTime));
        }

        if (sendHoldTime != TimeSpan.Zero && sendHoldTime <= holdTime)
        {
            reader.Refuse(
                PeerSettings.SendHoldTime.At(index), $"{sendHoldTime.TotalSeconds:0}", $"it has to be more than {PeerSettings.HoldTime.At(index)}, {holdTime.TotalSeconds:0}");
        }

        return sendHoldTime;
    }

    private static BfdOptions? ReadBfd(SettingReader reader, int index, bool isFar)
    {
        var defaults = new BfdOptions();
        var bfd = new BfdOptions
        {
            TransmitInterval = reader.Read(PeerSettings.BfdTransmit, index) ?? defaults.TransmitInterval,
            ReceiveInterval = reader.Read(PeerSettings.BfdReceive, index) ?? defaults.ReceiveInterval,
            DetectMultiplier = reader.Read(PeerSettings.BfdMultiplier, index) ?? defaults.DetectMultiplier,
            Multihop = reader.Read(PeerSettings.BfdMultihop, index) ?? isFar,
            Strict = reader.Read(PeerSettings.BfdStrict, index) ?? defaults.Strict,
        };
        return reader.Read(PeerSettings.Bfd, index) ?? BfdKeys.Any(setting => reader.IsGiven(setting, index)) ? bfd : null;
    }

    private static BgpSecret? ReadPassword(SettingReader reader, int index)
    {
        reader.RefuseTogether(Passwords, index);
        BgpSecret?[] read = [.. Passwords.Where(setting => reader.IsGiven(setting, index)).Select(setting => reader.Read(setting, index))];
        return read is [var password, ..] ? password : null;
    }

    private static RouteOptions ReadRoute(SettingReader reader, int index, Asn remoteAsn, Asn localAsn)
    {
        var route = PeerSettings.Route.Read(reader, index);
        if (route.LocalPreference is { } preference && remoteAsn != localAsn)
        {
            reader.Refuse(PeerSettings.Route.LocalPreference.At(index), $"{preference}", "only an internal peer, one of our own AS number, is sent a LOCAL_PREF");
        }

        return route;
    }
}
