using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>
/// What has to be done so that the kernel's addresses become the wanted ones: a pure function of both. Whose an address
/// is, the kernel's table says (<see cref="OwnerMark"/>), so that a start after a SIGKILL is no special case.
/// </summary>
internal static class AddressPlan
{
    /// <param name="wanted">What should be there; a step for each, in this order.</param>
    /// <param name="unknown">Addresses of which it is not known where they should be: they stay where they are.</param>
    /// <param name="present">Every address there is.</param>
    /// <param name="mark">What ours carry, and what of it is not wanted goes.</param>
    /// <param name="takesOver">Addresses of kube-vip's shape become ours.</param>
    /// <param name="renewsFailed">Duplicate address detection is tried again where it failed.</param>
    public static IReadOnlyList<AddressStep> Make(
        IReadOnlyList<WantedAddress> wanted, IReadOnlyCollection<IPAddress> unknown, IReadOnlyList<InterfaceAddress> present, OwnerMark mark, bool takesOver, bool renewsFailed)
    {
        var steps = new List<AddressStep>(wanted.Count);
        foreach (WantedAddress target in wanted)
        {
            var found = Find(target, present);
            if (found is not null || !target.OnlyKept)
            {
                steps.Add(new AddressStep(Decide(target, found, takesOver, renewsFailed), target.Address));
            }
        }

        // Last, so that an address that moves to another interface is there before it goes here.
        foreach (InterfaceAddress address in present)
        {
            if (mark.IsOn(address) && !unknown.Contains(address.Address) && !wanted.Any(target => target.Address.IsAt(address)))
            {
                steps.Add(new AddressStep(AddressAction.Remove, address));
            }
        }

        return steps;
    }

    /// <summary>Whether packets to a wanted address are received, whoever put it there.</summary>
    public static bool IsInPlace(WantedAddress target, IReadOnlyList<InterfaceAddress> present) =>
        target.Link.IsUp && Find(target, present) is { IsUsable: true };

    /// <summary>The address where it is wanted: ours, when somebody else's is beside it with another prefix length.</summary>
    public static InterfaceAddress? Find(WantedAddress target, IReadOnlyList<InterfaceAddress> present)
    {
        InterfaceAddress? found = null;
        foreach (InterfaceAddress address in present)
        {
            if (address.IsAt(target.Address) && (found is null || IsOurs(address, target)))
            {
                found = address;
            }
        }

        return found;
    }

    private static AddressAction Decide(WantedAddress target, InterfaceAddress? found, bool takesOver, bool renewsFailed) => found switch
    {
        null => target.Link.IsUp ? AddressAction.Add : AddressAction.Wait,
        _ when !IsOurs(found, target) => takesOver && HasShape(found, target.Address) ? AddressAction.TakeOver : AddressAction.Use,
        _ when !HasScope(found, target.Address) => AddressAction.Renew,
        { Flags: var flags } when renewsFailed && (flags & AddressFlags.DadFailed) != 0 => AddressAction.Renew,
        _ => AddressAction.Keep,
    };

    private static bool IsOurs(InterfaceAddress found, WantedAddress target) => new OwnerMark(target.Address.Metric).IsOn(found);

    /// <summary>As kube-vip puts it there, which is as this program does but for the mark: of that it has none, not another host's.</summary>
    private static bool HasShape(InterfaceAddress found, InterfaceAddress target) =>
        found is { IsHost: true, Deprecated: true, Metric: 0 } && HasScope(found, target);

    /// <summary>An IPv6 address has its scope from its bits, whatever was asked for.</summary>
    private static bool HasScope(InterfaceAddress found, InterfaceAddress target) =>
        found.Scope == target.Scope || target.Address.AddressFamily == AddressFamily.InterNetworkV6;
}
