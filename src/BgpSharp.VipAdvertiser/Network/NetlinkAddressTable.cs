namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The kernel's address table, by rtnetlink, in the network namespace of the calling thread.</summary>
internal sealed class NetlinkAddressTable : IAddressTable
{
    private const uint Sequence = 1;
    private const int Exists = 17, NoDevice = 19, NotAvailable = 99;

    public async Task<bool> AddAddressAsync(InterfaceAddress address, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new NetlinkSocket();
            await socket.RequestAsync(AddressRequest.Add(address, Sequence), Sequence, cancellationToken);
            return true;
        }
        catch (NetlinkException e) when (e.Errno == Exists)
        {
            return false;
        }
    }

    public async Task<bool> RemoveAddressAsync(InterfaceAddress address, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new NetlinkSocket();
            await socket.RequestAsync(AddressRequest.Remove(address, Sequence), Sequence, cancellationToken);
            return true;
        }
        catch (NetlinkException e) when (e.Errno is NotAvailable or NoDevice)
        {
            return false;
        }
    }

    public async Task<IReadOnlyList<InterfaceAddress>> ListAddressesAsync(CancellationToken cancellationToken)
    {
        using var socket = new NetlinkSocket();
        return await socket.RequestAsync(AddressRequest.List(Sequence), Sequence, cancellationToken);
    }
}
