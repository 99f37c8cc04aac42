using System.Net.Sockets;
using System.Threading.Channels;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>A kernel whose refusals are chosen. Its lo has index 1.</summary>
internal sealed class MemoryAddressTable : IAddressTable, IAddressEvents
{
    private readonly Channel<bool> _events = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> _idle = Channel.CreateUnbounded<bool>();

    public List<InterfaceAddress> Addresses { get; } = [];

    public List<NetworkLink> Links { get; } = [new(1, "lo", IsUp: true, IsLoopback: true)];

    /// <summary>What adding is answered with; 0 for success.</summary>
    public int AddErrno { get; set; }

    public int RemoveErrno { get; set; }

    public int ListErrno { get; set; }

    /// <summary>What is answered of every interface but <see cref="Answering"/>.</summary>
    public int LinkErrno { get; set; }

    public string? Answering { get; set; }

    public int Added { get; private set; }

    /// <summary>Lets an event be heard, and waits until the next one is waited for.</summary>
    public async Task RaiseAsync()
    {
        await IdleAsync();
        _events.Writer.TryWrite(true).Should().BeTrue();
        await IdleAsync();
        _idle.Writer.TryWrite(true).Should().BeTrue();
    }

    public void Fail(Exception failure) => _events.Writer.TryComplete(failure);

    public bool AddAddress(InterfaceAddress address)
    {
        Added++;
        ThrowIf(AddErrno);
        Addresses.Add(address);
        return true;
    }

    public void ReplaceAddress(InterfaceAddress address)
    {
        Addresses.RemoveAll(address.IsAt);
        Addresses.Add(address);
    }

    public bool RemoveAddress(InterfaceAddress address)
    {
        ThrowIf(RemoveErrno);
        return Addresses.RemoveAll(address.IsAt) > 0;
    }

    public IReadOnlyList<InterfaceAddress> ListAddresses()
    {
        ThrowIf(ListErrno);
        return [.. Addresses];
    }

    public NetworkLink? FindLink(string name)
    {
        ThrowIf(name == Answering ? 0 : LinkErrno);
        return Links.Find(link => link.Name == name);
    }

    public NetworkLink? FindLink(int index) => Links.Find(link => link.Index == index);

    public NetworkLink? FindDefaultLink(AddressFamily family) => null;

    public void Watch(AddressInterest interest)
    {
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        _idle.Writer.TryWrite(true).Should().BeTrue();
        await _events.Reader.ReadAsync(cancellationToken);
    }

    private Task<bool> IdleAsync() => _idle.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    private static void ThrowIf(int errno)
    {
        if (errno != 0)
        {
            throw new NetlinkException(errno, null);
        }
    }
}
