using System.Diagnostics;
using System.Net;

namespace BgpSharp.Yardstick.Sessions;

/// <summary>
/// The peers of the speaker that is measured: one speaker each, which dials from an address of its own and notes when an
/// UPDATE comes.
/// </summary>
internal sealed class FarSide(IPEndPoint target, BgpTransport? transport) : IFarSide
{
    private readonly List<BgpSpeaker> _speakers = [];
    private readonly Lock _lock = new();
    private List<long> _arrivals = [];
    private TaskCompletionSource<long[]> _round = new();

    /// <summary>The address of a peer by its number, 1 to 65534.</summary>
    public static IPAddress AddressOf(int number) => new([127, 1, (byte)(number >> 8), (byte)number]);

    public async Task DialAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var address = AddressOf(_speakers.Count + 1);
            var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = Setting.FarAsn, RouterId = BgpIdentifier.Parse(address.ToString()), Transport = transport });
            var peer = speaker.AddPeer(new BgpPeerOptions
            {
                Address = target.Address,
                Port = target.Port,
                LocalAddress = address,
                RemoteAsn = Setting.OurAsn,
                ConnectMode = BgpConnectMode.Active,
                HoldTime = Setting.HoldTime,
                KeepaliveInterval = Setting.KeepaliveInterval,
                Handler = new Arrivals(this),
            });
            _speakers.Add(speaker);
            await speaker.StartAsync();
            using var limit = new CancellationTokenSource(Setting.Patience);
            await peer.WaitForEstablishedAsync(limit.Token);
        }
    }

    public async Task HangUpAsync()
    {
        await Task.WhenAll(_speakers.Select(speaker => speaker.StopAsync()));
        _speakers.Clear();
    }

    public async Task<long[]> NextRoundAsync()
    {
        var arrivals = await _round.Task.WaitAsync(Setting.Patience);
        lock (_lock)
        {
            _round = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return arrivals;
    }

    public async ValueTask DisposeAsync() => await HangUpAsync();

    private void Arrived(long at)
    {
        lock (_lock)
        {
            _arrivals.Add(at);
            if (_arrivals.Count == _speakers.Count)
            {
                _round.SetResult([.. _arrivals]);
                _arrivals = [];
            }
        }
    }

    private sealed class Arrivals(FarSide owner) : BgpPeerHandler
    {
        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            var now = Stopwatch.GetTimestamp();
            if (update.AnnouncedPrefixes.Count() > 0)
            {
                owner.Arrived(now);
            }

            return ValueTask.CompletedTask;
        }
    }
}
