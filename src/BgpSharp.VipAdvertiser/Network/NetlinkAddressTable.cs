namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The kernel's address table, by rtnetlink, in the network namespace of the calling thread.</summary>
internal sealed class NetlinkAddressTable : IAddressTable
{
    private const uint Sequence = 1;
    private const int Exists = 17, NoDevice = 19, NotAvailable = 99;

    public bool AddAddress(InterfaceAddress address)
    {
        try
        {
            using var socket = new NetlinkSocket();
            socket.Request(AddressRequest.Add(address, Sequence), Sequence);
            return true;
        }
        catch (NetlinkException e) when (e.Errno == Exists)
        {
            return false;
        }
    }

    public bool RemoveAddress(InterfaceAddress address)
    {
        try
        {
            using var socket = new NetlinkSocket();
            socket.Request(AddressRequest.Remove(address, Sequence), Sequence);
            return true;
        }
        catch (NetlinkException e) when (e.Errno is NotAvailable or NoDevice)
        {
            return false;
        }
    }

    public IReadOnlyList<InterfaceAddress> ListAddresses()
    {
        using var socket = new NetlinkSocket();
        return socket.Request(AddressRequest.List(Sequence), Sequence);
    }
}
