using System.Diagnostics;
using System.Net;

namespace BgpSharp.Yardstick.Sessions;

/// <summary>
/// The peers of the speaker that is measured: one speaker each, which dials from an address of its own and notes when an
/// UPDATE comes.
/// </summary>
internal sealed class FarSide(IPEndPoint target) : IFarSide
{
    private readonly List<BgpSpeaker> _speakers = [];
    private readonly Rounds _rounds = new();

    /// <summary>The address of a peer by its number, 1 to 65534.</summary>
    public static IPAddress AddressOf(int number) => new([127, 1, (byte)(number >> 8), (byte)number]);

    public async Task DialAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var address = AddressOf(_speakers.Count + 1);
            var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = Setting.FarAsn, RouterId = BgpIdentifier.Parse(address.ToString()) });
            var peer = speaker.AddPeer(new BgpPeerOptions
            {
                Address = target.Address,
                Port = target.Port,
                LocalAddress = address,
                RemoteAsn = Setting.OurAsn,
                ConnectMode = BgpConnectMode.Active,
                HoldTime = Setting.HoldTime,
                KeepaliveInterval = Setting.KeepaliveInterval,
                Handler = new Arrivals(_rounds),
            });
            _speakers.Add(speaker);
            _rounds.Peers = _speakers.Count;
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

    public Task<long[]> NextRoundAsync() => _rounds.NextAsync();

    public async ValueTask DisposeAsync() => await HangUpAsync();

    private sealed class Arrivals(Rounds rounds) : BgpPeerHandler
    {
        public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken)
        {
            var now = Stopwatch.GetTimestamp();
            if (update.AnnouncedPrefixes.Count() > 0)
            {
                rounds.Arrived(now);
            }

            return ValueTask.CompletedTask;
        }
    }
}
