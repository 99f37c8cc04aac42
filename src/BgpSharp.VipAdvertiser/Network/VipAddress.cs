using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The VIP on its interface: put there, and taken off again when it is this program's.</summary>
internal sealed partial class VipAddress(IAddressTable table, IOptions<VipOptions> options, ILogger<VipAddress> logger)
{
    /// <summary>The IFA_PROTO value that marks an address as put there by this program: BGP's port number.</summary>
    public const byte OwnerMark = 179;

    private const string Loopback = "lo";

    private readonly string _interface = options.Value.InterfaceName;
    private readonly InterfaceAddress _address = new()
    {
        InterfaceIndex = options.Value.InterfaceIndex,
        Address = options.Value.Vip,
        PrefixLength = (byte)(options.Value.Vip.AddressFamily == AddressFamily.InterNetwork ? 32 : 128),
        Scope = options.Value.InterfaceName == Loopback ? AddressScope.Host : AddressScope.Global,
        Deprecated = true,
        Protocol = OwnerMark,
    };

    private bool _ours;

    /// <summary>Makes sure that the address is there. One that is there already is used as it is.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Add()
    {
        if (table.AddAddress(_address))
        {
            _ours = true;
            LogAdded(_address.Address, _address.PrefixLength, _interface);
            return;
        }

        // Our mark on it: a run that was killed could not remove it.
        _ours = table.ListAddresses().Any(IsOurs);
        if (_ours)
        {
            LogAdopted(_address.Address, _address.PrefixLength, _interface);
        }
        else
        {
            LogForeign(_address.Address, _address.PrefixLength, _interface);
        }
    }

    /// <summary>Takes the address off, unless somebody else put it there.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public void Remove()
    {
        if (!_ours)
        {
            return;
        }

        if (table.RemoveAddress(_address))
        {
            LogRemoved(_address.Address, _address.PrefixLength, _interface);
        }
        else
        {
            LogGone(_address.Address, _address.PrefixLength, _interface);
        }

        _ours = false;
    }

    private bool IsOurs(InterfaceAddress other) =>
        other.Protocol == OwnerMark
        && other.InterfaceIndex == _address.InterfaceIndex
        && other.PrefixLength == _address.PrefixLength
        && other.Address.Equals(_address.Address);
}
