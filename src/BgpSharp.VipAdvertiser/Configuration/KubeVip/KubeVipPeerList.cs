using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>
/// The value of <c>bgp_peers</c>, in the grammar that ends at the port and has a tail <c>/mpbgp_...</c>, and in the later
/// one that has seven items. What an item holds is never shown: a password with a colon in it may be anywhere.
/// </summary>
internal static class KubeVipPeerList
{
    private const string Variable = "bgp_peers", Unnumbered = "unnumbered:", Tail = "/mpbgp_";
    private const int MostMilliseconds = 60_000, MostMissed = 255;

    private static readonly string[] MultiprotocolKeys = ["mpbgp_nexthop", "mpbgp_ipv4", "mpbgp_ipv6"];

    /// <summary>The peers; a problem for each entry that is none.</summary>
    public static IReadOnlyList<KubeVipPeer> Parse(string text, string source, List<string> problems)
    {
        var peers = new List<KubeVipPeer>();
        var entries = text.Split(',');
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i].TrimStart();
            if (entry.Length == 0)
            {
                continue;
            }

            try
            {
                peers.Add(ParseEntry(entry, source));
            }
            catch (FormatException e)
            {
                problems.Add($"{Variable}, entry {i + 1} ({source}): {e.Message}");
            }
        }

        return peers;
    }

    /// <summary>What <c>mpbgp_nexthop</c> may be.</summary>
    public static bool IsNextHopMode(string text) => text is "fixed" or "auto_sourceip" or "auto_sourceif";

    private static KubeVipPeer ParseEntry(string entry, string source)
    {
        if (entry.StartsWith(Unnumbered, StringComparison.Ordinal))
        {
            throw new FormatException("a session without the peer's address (unnumbered) is not supported: name the address, such as [fe80::1%eth0]:65001");
        }

        var tail = entry.IndexOf(Tail, StringComparison.Ordinal);
        var multiprotocol = tail < 0 ? null : entry[(tail + 1)..];
        var (address, rest) = TakeAddress(tail < 0 ? entry : entry[..tail]);
        var items = rest.Split(':');
        string? Item(int number) => items.Length > number - 2 && items[number - 2].Length > 0 ? items[number - 2] : null;
        if (Item(2) is not { } asn || !PeerSettings.As.Accepts(asn) || asn.Contains('.', StringComparison.Ordinal))
        {
            throw new FormatException($"item 2 of {address}, the AS number, is not one from 1 to 4294967295");
        }

        if (Item(3) is { } password && !PeerSettings.Password.Accepts(password))
        {
            throw new FormatException($"item 3 of {address}, the password, is longer than 80 octets");
        }

        if (Item(4) is { } multihop && KubeVipVariables.ParseBoolean(multihop) is null)
        {
            throw new FormatException($"item 4 of {address}, multihop, is neither true nor false nor nothing (a password cannot have a colon or a comma)");
        }

        if (Item(5) is { } port && !PeerSettings.Port.Accepts(port))
        {
            throw new FormatException($"item 5 of {address}, the port, is not one from 1 to 65535");
        }

        return new KubeVipPeer
        {
            Address = address,
            As = asn,
            Source = source,
            Password = Item(3),
            Multihop = KubeVipVariables.ParseBoolean(Item(4) ?? "false")!.Value,
            Port = Item(5),
            MultiprotocolBgp = ParseMultiprotocol(address, multiprotocol ?? Item(6)),
            Bfd = multiprotocol is null && Item(7) is { } bfd ? ParseBfd(address, bfd) : null,
        };
    }

    private static (string Address, string Items) TakeAddress(string entry)
    {
        var isBracketed = entry.StartsWith('[');
        var end = entry.IndexOf(isBracketed ? "]" : ":", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FormatException(isBracketed ? "the bracket of its address is not closed" : "it has no AS number: an entry is ADDRESS:AS, at least");
        }

        var address = isBracketed ? entry[1..end] : entry[..end];
        if (!PeerSettings.Address.Accepts(address) || (IPAddress.Parse(address).AddressFamily == AddressFamily.InterNetworkV6) != isBracketed)
        {
            throw new FormatException("item 1 is not the address of a peer: IPv4 as it is, IPv6 in brackets, such as [2001:db8::1]:65001");
        }

        var rest = entry[(isBracketed ? end + 1 : end)..];
        return rest.StartsWith(':') ? (address, rest[1..]) : throw new FormatException($"{address} is not followed by a colon and an AS number");
    }

    private static Dictionary<string, string> ParseMultiprotocol(string address, string? text)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in text?.Split(';') ?? [])
        {
            if (pair.Split('=', 2) is not [var key, var value] || !MultiprotocolKeys.Contains(key))
            {
                throw new FormatException($"the MP-BGP item of {address} has something else than {string.Join("=, ", MultiprotocolKeys)}= with ; between");
            }

            var fits = key switch
            {
                "mpbgp_nexthop" => IsNextHopMode(value),
                "mpbgp_ipv4" => PeerSettings.Route.NextHopIpv4.Accepts(value),
                _ => PeerSettings.Route.NextHopIpv6.Accepts(value),
            };
            if (!fits)
            {
                throw new FormatException($"{key} of {address} {(key == "mpbgp_nexthop" ? "is none of fixed, auto_sourceip, auto_sourceif" : "is no address of that family")} (one with colons can only be given by the variable {key})");
            }

            values[key] = value;
        }

        return values;
    }

    private static KubeVipBfd? ParseBfd(string address, string text)
    {
        var items = text.Split(';');
        if (items.Length < 4 || KubeVipVariables.ParseBoolean(items[0]) is not { } isOn
            || !Number(items[1], 300, MostMilliseconds, out var receive)
            || !Number(items[2], 300, MostMilliseconds, out var transmit)
            || !Number(items[3], 3, MostMissed, out var multiplier))
        {
            throw new FormatException($"item 7 of {address}, BFD, is not true or false, two intervals in milliseconds and a multiplier, with ; between");
        }

        return isOn ? new KubeVipBfd(receive, transmit, multiplier) : null;
    }

    private static bool Number(string text, int fallback, int most, out int value)
    {
        value = fallback;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0 && value <= most);
    }
}
