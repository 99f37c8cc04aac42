using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The kernel's tables by rtnetlink, in the network namespace of the thread that asks first. Thread-safe.</summary>
internal sealed class NetlinkAddressTable : IAddressTable, IDisposable
{
    private const int Exists = 17, NoDevice = 19, NotAvailable = 99;

    private readonly Lock _gate = new();
    private NetlinkSocket? _socket;
    private uint _sequence;

    private delegate ReadOnlySpan<byte> RequestWriter<in TSubject>(Span<byte> buffer, TSubject subject, uint sequence);

    public bool AddAddress(InterfaceAddress address)
    {
        try
        {
            Ask<InterfaceAddress, InterfaceAddress>(AddressRequest.Add, address, AddressReply.TryRead);
            return true;
        }
        catch (NetlinkException e) when (e.Errno == Exists)
        {
            return false;
        }
    }

    public void ReplaceAddress(InterfaceAddress address) =>
        Ask<InterfaceAddress, InterfaceAddress>(AddressRequest.Replace, address, AddressReply.TryRead);

    public bool RemoveAddress(InterfaceAddress address)
    {
        try
        {
            Ask<InterfaceAddress, InterfaceAddress>(AddressRequest.Remove, address, AddressReply.TryRead);
            return true;
        }
        catch (NetlinkException e) when (e.Errno is NotAvailable or NoDevice)
        {
            return false;
        }
    }

    public IReadOnlyList<InterfaceAddress> ListAddresses() =>
        Ask<object?, InterfaceAddress>(static (buffer, _, sequence) => AddressRequest.List(buffer, sequence), null, AddressReply.TryRead);

    public NetworkLink? FindLink(string name) =>
        System.Text.Encoding.UTF8.GetByteCount(name) <= LinkRequest.MaxName ? FindLink(LinkRequest.ByName, name) : null;

    public NetworkLink? FindLink(int index) => FindLink(LinkRequest.ByIndex, index);

    public NetworkLink? FindDefaultLink(AddressFamily family) =>
        Ask<byte, DefaultRoute>(RouteRequest.List, AddressFamilyNumber.Of(family), RouteReply.TryReadDefault)
            .MinBy(route => route.Metric) is { } best
            ? FindLink(best.InterfaceIndex)
            : null;

    public void Dispose()
    {
        lock (_gate)
        {
            _socket?.Dispose();
        }
    }

    private NetworkLink? FindLink<TSubject>(RequestWriter<TSubject> write, TSubject subject)
    {
        try
        {
            return Ask<TSubject, NetworkLink>(write, subject, LinkReply.TryRead).FirstOrDefault();
        }
        catch (NetlinkException e) when (e.Errno == NoDevice)
        {
            return null;
        }
    }

    private List<TItem> Ask<TSubject, TItem>(RequestWriter<TSubject> write, TSubject subject, NetlinkReader<TItem> read)
        where TItem : class
    {
        Span<byte> buffer = stackalloc byte[AddressRequest.MaxLength];
        lock (_gate)
        {
            _socket ??= new NetlinkSocket();
            return _socket.Request(write(buffer, subject, ++_sequence), _sequence, read);
        }
    }
}
