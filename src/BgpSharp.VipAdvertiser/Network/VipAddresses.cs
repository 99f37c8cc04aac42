using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The VIPs on their interfaces: put there, and taken off again when they are this program's.</summary>
internal sealed partial class VipAddresses(IAddressTable table, ILogger<VipAddresses> logger) : IVipAddresses
{
    /// <summary>The IFA_PROTO value that marks an address as put there by this program: BGP's port number.</summary>
    public const byte OwnerMark = 179;

    private const string Loopback = "lo";

    /// <summary>What is in place, and whether it is ours.</summary>
    private readonly Dictionary<VipPlacement, bool> _placed = [];

    public IReadOnlyCollection<IPAddress> InPlace { get; private set; } = [];

    public void Set(IReadOnlyList<VipPlacement> wanted)
    {
        foreach (var placement in _placed.Keys.Except(wanted).ToList())
        {
            Remove(placement);
        }

        foreach (var placement in wanted.Except(_placed.Keys))
        {
            Add(placement);
        }

        InPlace = [.. _placed.Keys.Select(placement => placement.Address)];
    }

    public Task WaitForChangeAsync(CancellationToken cancellationToken) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);

    private void Add(VipPlacement placement)
    {
        var address = ToAddress(placement);
        if (table.AddAddress(address))
        {
            _placed[placement] = true;
            LogAdded(address.Address, address.PrefixLength, placement.Interface);
            return;
        }

        // Our mark on it: a run that was killed could not remove it.
        var ours = table.ListAddresses().Any(other => IsOurs(other, address));
        _placed[placement] = ours;
        if (ours)
        {
            LogAdopted(address.Address, address.PrefixLength, placement.Interface);
        }
        else
        {
            LogForeign(address.Address, address.PrefixLength, placement.Interface);
        }
    }

    private void Remove(VipPlacement placement)
    {
        if (!_placed.Remove(placement, out var ours) || !ours)
        {
            return;
        }

        var address = ToAddress(placement);
        if (table.RemoveAddress(address))
        {
            LogRemoved(address.Address, address.PrefixLength, placement.Interface);
        }
        else
        {
            LogGone(address.Address, address.PrefixLength, placement.Interface);
        }
    }

    private static InterfaceAddress ToAddress(VipPlacement placement) => new()
    {
        InterfaceIndex = InterfaceIndex.Find(placement.Interface ?? Loopback),
        Address = placement.Address,
        PrefixLength = (byte)(placement.Address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128),
        Scope = placement is { Interface: Loopback, GlobalScope: false } ? AddressScope.Host : AddressScope.Global,
        Deprecated = true,
        Protocol = OwnerMark,
    };

    private static bool IsOurs(InterfaceAddress other, InterfaceAddress address) =>
        other.Protocol == OwnerMark
        && other.InterfaceIndex == address.InterfaceIndex
        && other.PrefixLength == address.PrefixLength
        && other.Address.Equals(address.Address);
}
