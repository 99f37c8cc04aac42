using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Bfd;

/// <summary>What is configured for one BFD session.</summary>
public sealed class BfdSessionOptions
{
    /// <summary>The peer's address, with scope for a link-local one.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The source address, which must be on the host. Null: the system chooses.</summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>Timers, and whether the peer is more than one hop away. Default: 300 ms both ways, three times, one hop.</summary>
    public BfdOptions Bfd { get; init; } = new();

    /// <summary>
    /// Called when the state changes, an interval in force does, or the peer begins or ceases to hold the session down, one call at a time and in order, on a thread of the engine's which is
    /// not the one that sends; it should be quick. What it throws is logged.
    /// </summary>
    public Action<BfdSession, BfdSessionStatus>? Changed { get; init; }

    /// <summary>Looks for everything that is wrong with the options.</summary>
    /// <returns>A line for each problem, which names the option, its value and what is allowed; empty: none.</returns>
    public IReadOnlyList<string> FindProblems()
    {
        List<string> problems = [];
        if (Address is null || IPAddress.Any.Equals(Address) || IPAddress.IPv6Any.Equals(Address) || IsMulticast(Address))
        {
            problems.Add($"Address is {(Address is null ? "null" : Address)}; allowed: a unicast address.");
        }
        else if (Address is { IsIPv6LinkLocal: true, ScopeId: 0 })
        {
            problems.Add($"Address is {Address}; allowed: a link-local address with its scope, as in {Address}%eth0.");
        }
        else if (LocalAddress is not null && LocalAddress.AddressFamily != Address.AddressFamily)
        {
            problems.Add($"LocalAddress is {LocalAddress}; allowed: an address of the same family as Address, {Address}.");
        }

        if (Bfd is null)
        {
            problems.Add("Bfd is null; allowed: timers.");
        }
        else
        {
            problems.AddRange(Bfd.FindProblems());
        }

        return problems;
    }

    private static bool IsMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : address.GetAddressBytes()[0] is >= 224 and < 240;
}
