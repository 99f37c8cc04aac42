using System.Diagnostics;
using System.Net;
using BgpSharp.Testing;
using BgpSharp.Wire;

namespace BgpSharp.Yardstick.Sessions;

/// <summary>
/// The peers in this process, on a network in memory: each a script that answers the handshake, sends a KEEPALIVE when all do
/// and notes when an UPDATE comes. What they take is counted too, and is little beside a session.
/// </summary>
internal sealed class FarScript : IFarSide
{
    private readonly MemoryTransport _network;
    private readonly IPEndPoint _target;
    private readonly List<(ScriptedPeer Peer, Task Reading)> _peers = [];
    private readonly Rounds _rounds = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Task _talking;

    public FarScript(MemoryTransport network, IPEndPoint target)
    {
        (_network, _target) = (network, target);
        _talking = TalkAsync();
    }

    public async Task DialAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var address = FarSide.AddressOf(_peers.Count + 1);
            var connection = await _network.ConnectAsync(new BgpConnectOptions { RemoteEndPoint = _target, LocalAddress = address });
            var peer = new ScriptedPeer(connection, Setting.FarAsn, BgpIdentifier.Parse(address.ToString())) { HoldTime = (ushort)Setting.HoldTime.TotalSeconds };
            await peer.EstablishAsync();
            lock (_lock)
            {
                _peers.Add((peer, ReadAsync(peer)));
                _rounds.Peers = _peers.Count;
            }
        }
    }

    public async Task HangUpAsync()
    {
        (ScriptedPeer Peer, Task Reading)[] peers;
        lock (_lock)
        {
            peers = [.. _peers];
            _peers.Clear();
        }

        foreach (var (peer, reading) in peers)
        {
            peer.Connection.CompleteSending();
            await reading.WaitAsync(Setting.Patience);
            await peer.DisposeAsync();
        }
    }

    public Task<long[]> NextRoundAsync() => _rounds.NextAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _talking;
        await HangUpAsync();
        _stop.Dispose();
    }

    private async Task TalkAsync()
    {
        using var timer = new PeriodicTimer(Setting.KeepaliveInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                ScriptedPeer[] peers;
                lock (_lock)
                {
                    peers = [.. _peers.Select(one => one.Peer)];
                }

                foreach (var peer in peers)
                {
                    await peer.SendKeepaliveAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // No more KEEPALIVEs: all is measured.
        }
    }

    private async Task ReadAsync(ScriptedPeer peer)
    {
        try
        {
            while (true)
            {
                var (type, body) = await peer.ReadAsync();
                var now = Stopwatch.GetTimestamp();
                if (type == MessageType.Update
                    && UpdateDecoder.Decode(body, new WireContext { FourOctetAsn = true }, out var update, out _) == UpdateVerdict.Accept
                    && update.AnnouncedPrefixes.Count() > 0)
                {
                    _rounds.Arrived(now);
                }
            }
        }
        catch (EndOfStreamException)
        {
            // The speaker has closed.
        }
    }
}
