using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>kube-vip's peers, <c>bgp_peers</c> and <c>bgp_peeraddress</c>, and what holds for all of them.</summary>
internal static class KubeVipPeerTranslator
{
    /// <summary>kube-vip's, in seconds.</summary>
    private const string HoldTime = "30", KeepaliveInterval = "10";

    /// <summary>kube-vip's for multihop.</summary>
    private const string MultihopTtl = "50";

    public static void Add(KubeVipVariables variables, KubeVipSettings settings)
    {
        var peers = Distinct(Listed(variables, settings), settings);
        if (peers.Count == 0 && settings.Problems.Count == 0)
        {
            settings.Problems.Add("bgp_peers is missing: it has to be ADDRESS:AS, or several with commas between");
        }

        var sourceAddress = variables.Checked("bgp_sourceip", PeerSettings.SourceAddress);
        var sourceInterface = variables.Checked("bgp_sourceif", PeerSettings.SourceInterface);
        if (sourceAddress is not null && sourceInterface is not null)
        {
            settings.Problems.Add($"bgp_sourceip ({variables.Source("bgp_sourceip")}) and bgp_sourceif ({variables.Source("bgp_sourceif")}) are both given: only one may be");
        }

        for (var index = 0; index < peers.Count; index++)
        {
            AddPeer(settings, peers[index], index);
            AddSource(variables, settings, peers[index], index, sourceAddress, sourceInterface);
            AddNextHop(variables, settings, peers[index], index);
        }

        AddTimers(variables, settings, peers.Count);
    }

    private static List<KubeVipPeer> Listed(KubeVipVariables variables, KubeVipSettings settings)
    {
        List<KubeVipPeer> peers = variables.Text("bgp_peers") is { } list
            ? [.. KubeVipPeerList.Parse(list, variables.Source("bgp_peers"), settings.Problems)]
            : [];
        var asn = variables.Checked("bgp_peeras", PeerSettings.As);
        var multihop = variables.IsTrue("bgp_multihop");
        if (variables.Text("bgp_peeraddress") is not { } address)
        {
            return peers;
        }

        address = address is ['[', .. var inner, ']'] ? inner : address;
        if (!PeerSettings.Address.Accepts(address))
        {
            variables.Refuse("bgp_peeraddress", address, $"it has to be {PeerSettings.Address.Allowed}");
            return peers;
        }

        var password = variables.Raw("bgp_peerpass");
        if (password is not null && !PeerSettings.Password.Accepts(password))
        {
            variables.Refuse("bgp_peerpass", Masked.Text, $"it has to be {PeerSettings.Password.Allowed}");
            password = null;
        }

        peers.Add(new KubeVipPeer { Address = address, As = asn ?? "65000", Source = variables.Source("bgp_peeraddress"), Password = password, Multihop = multihop });
        return peers;
    }

    /// <summary>The first of each address.</summary>
    private static List<KubeVipPeer> Distinct(List<KubeVipPeer> peers, KubeVipSettings settings)
    {
        var distinct = new List<KubeVipPeer>();
        foreach (var peer in peers)
        {
            if (distinct.Find(other => IPAddress.Parse(other.Address).Equals(IPAddress.Parse(peer.Address))) is not { } first)
            {
                distinct.Add(peer);
            }
            else if (first.As != peer.As || first.Password != peer.Password || first.Multihop != peer.Multihop)
            {
                settings.Remarks.Add($"the peer {peer.Address} is there twice and not the same each time: the one of {first.Source} is taken, the one of {peer.Source} is not");
            }
        }

        return distinct;
    }

    private static void AddPeer(KubeVipSettings settings, KubeVipPeer peer, int index)
    {
        settings.Set(PeerSettings.Address.At(index), peer.Address, peer.Source);
        settings.Set(PeerSettings.As.At(index), peer.As, peer.Source);
        if (peer.Password is not null)
        {
            settings.Set(PeerSettings.Password.At(index), peer.Password, peer.Source);
        }

        if (peer.Multihop)
        {
            settings.Set(PeerSettings.Ttl.At(index), MultihopTtl, $"multihop in {peer.Source}");
        }

        if (peer.Port is not null)
        {
            settings.Set(PeerSettings.Port.At(index), peer.Port, peer.Source);
        }

        if (peer.Bfd is { } bfd)
        {
            settings.Set(PeerSettings.BfdTransmit.At(index), $"{bfd.Transmit}", peer.Source);
            settings.Set(PeerSettings.BfdReceive.At(index), $"{bfd.Receive}", peer.Source);
            settings.Set(PeerSettings.BfdMultiplier.At(index), $"{bfd.Multiplier}", peer.Source);
        }
    }

    private static void AddSource(KubeVipVariables variables, KubeVipSettings settings, KubeVipPeer peer, int index, string? sourceAddress, string? sourceInterface)
    {
        if (sourceInterface is not null)
        {
            settings.Set(PeerSettings.SourceInterface.At(index), sourceInterface, variables.Source("bgp_sourceif"));
        }

        if (sourceAddress is null)
        {
            return;
        }

        if (IPAddress.Parse(sourceAddress).AddressFamily == IPAddress.Parse(peer.Address).AddressFamily)
        {
            settings.Set(PeerSettings.SourceAddress.At(index), sourceAddress, variables.Source("bgp_sourceip"));
        }
        else
        {
            settings.Remarks.Add($"bgp_sourceip is not of the family of the peer {peer.Address}, whose session has the kernel's choice");
        }
    }

    /// <summary>
    /// The next hop of the family that is not the session's; the session's own is always its address. Without "fixed" it is
    /// an address of the session's interface, which is what both of the other modes look for.
    /// </summary>
    private static void AddNextHop(KubeVipVariables variables, KubeVipSettings settings, KubeVipPeer peer, int index)
    {
        var mode = variables.Text("mpbgp_nexthop");
        if (mode is not null && !KubeVipPeerList.IsNextHopMode(mode))
        {
            if (index == 0)
            {
                variables.Refuse("mpbgp_nexthop", mode, "it has to be one of fixed, auto_sourceip, auto_sourceif");
            }

            return;
        }

        if ((peer.MultiprotocolBgp.GetValueOrDefault("mpbgp_nexthop") ?? mode) != "fixed")
        {
            return;
        }

        var (name, setting) = IPAddress.Parse(peer.Address).AddressFamily == AddressFamily.InterNetwork
            ? ("mpbgp_ipv6", PeerSettings.Route.NextHopIpv6)
            : ("mpbgp_ipv4", PeerSettings.Route.NextHopIpv4);
        if (peer.MultiprotocolBgp.GetValueOrDefault(name) is { } own)
        {
            settings.Set(setting.At(index), own, peer.Source);
        }
        else if (variables.Text(name) is { } address)
        {
            if (setting.Accepts(address))
            {
                settings.Set(setting.At(index), address, variables.Source(name));
            }
            else if (!settings.Problems.Exists(problem => problem.StartsWith(name, StringComparison.Ordinal)))
            {
                variables.Refuse(name, address, $"it has to be {setting.Allowed}");
            }
        }
        else
        {
            settings.Remarks.Add($"mpbgp_nexthop is fixed, but there is no {name}: the peer {peer.Address} is sent an address of the session's interface");
        }
    }

    private static void AddTimers(KubeVipVariables variables, KubeVipSettings settings, int peers)
    {
        var (hold, keepalive) = (variables.Checked("bgp_hold_time", PeerSettings.HoldTime), variables.Checked("bgp_keepalive_interval", PeerSettings.KeepaliveInterval));
        for (var index = 0; index < peers; index++)
        {
            settings.Set(PeerSettings.HoldTime.At(index), hold ?? HoldTime, hold is null ? "kube-vip's default" : variables.Source("bgp_hold_time"));
            settings.Set(PeerSettings.KeepaliveInterval.At(index), keepalive ?? KeepaliveInterval, keepalive is null ? "kube-vip's default" : variables.Source("bgp_keepalive_interval"));
        }

        if (variables.Text("bgp_hold_time") is null)
        {
            settings.Remarks.Add("bgp_hold_time is not set and is 30 s, as kube-vip has it: that long routers send traffic to a master that lost its power; "
                + "bgp_hold_time=9 and bgp_keepalive_interval=3 make it 9 s");
        }
    }
}
