using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace BgpSharp.Transport;

/// <summary>Finds what else the interface that has an address has.</summary>
internal static class InterfaceLookup
{
    /// <summary>The addresses of the interface that has the local one; null: none has it.</summary>
    /// <exception cref="NetworkInformationException">The system does not say.</exception>
    public static BgpInterfaceAddresses? Find(IPAddress local, IPAddress remote)
    {
        local = Plain(local);
        remote = Plain(remote);
        foreach (var candidate in NetworkInterface.GetAllNetworkInterfaces())
        {
            var addresses = candidate.GetIPProperties().UnicastAddresses;
            if (addresses.FirstOrDefault(own => Same(own.Address, local)) is not { } session)
            {
                continue;
            }

            var onLink = IsWithin(remote, session.Address, session.PrefixLength);
            return new BgpInterfaceAddresses
            {
                Ipv4 = Global(addresses, AddressFamily.InterNetwork),
                Ipv6 = Global(addresses, AddressFamily.InterNetworkV6),
                LinkLocal = onLink ? addresses.Select(own => own.Address).FirstOrDefault(address => address.IsIPv6LinkLocal) : null,
            };
        }

        return null;
    }

    /// <summary>Whether an address is in a subnet of this host; null: the system does not say.</summary>
    public static bool? IsOnLink(IPAddress remote)
    {
        try
        {
            var plain = Plain(remote);
            return NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(candidate => candidate.GetIPProperties().UnicastAddresses)
                .Any(own => IsWithin(plain, own.Address, own.PrefixLength));
        }
        catch (NetworkInformationException)
        {
            return null;
        }
    }

    /// <summary>Whether an address is in the subnet of another.</summary>
    internal static bool IsWithin(IPAddress address, IPAddress subnet, int length)
    {
        if (address.AddressFamily != subnet.AddressFamily)
        {
            return false;
        }

        var (left, right) = (address.GetAddressBytes(), subnet.GetAddressBytes());
        for (var bit = 0; bit < length; bit++)
        {
            if (((left[bit / 8] ^ right[bit / 8]) & (0x80 >> (bit % 8))) != 0)
            {
                return false;
            }
        }

        return true;
    }

    // A service address on the interface is a host route; the host's own address seldom is, so it goes first.
    private static IPAddress? Global(UnicastIPAddressInformationCollection addresses, AddressFamily family) => addresses
        .Where(own => own.Address.AddressFamily == family && IsGlobal(own.Address))
        .OrderBy(own => own.PrefixLength == own.Address.GetAddressBytes().Length * 8)
        .FirstOrDefault()?.Address;

    private static bool IsGlobal(IPAddress address) =>
        !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6Multicast
        && !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);

    private static bool Same(IPAddress own, IPAddress local) => own.GetAddressBytes().AsSpan().SequenceEqual(local.GetAddressBytes())
        && (own.ScopeOf() == local.ScopeOf() || local.ScopeOf() == 0);

    private static long ScopeOf(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
