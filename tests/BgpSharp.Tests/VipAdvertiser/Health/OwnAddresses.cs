using System.Net;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>The addresses of a node, as a test has them.</summary>
internal sealed class OwnAddresses(params InterfaceAddress[] addresses) : IAddressTable
{
    public static InterfaceAddress Of(string address, bool deprecated = false) =>
        new() { InterfaceIndex = 1, Address = IPAddress.Parse(address), PrefixLength = 32, Deprecated = deprecated };

    public bool AddAddress(InterfaceAddress address) => throw new NotSupportedException();

    public bool RemoveAddress(InterfaceAddress address) => throw new NotSupportedException();

    public IReadOnlyList<InterfaceAddress> ListAddresses() => addresses;
}
