using BgpSharp.Cli.Decode.Capture;
using BgpSharp.Cli.Decode.Input;
using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>Takes the UPDATEs out of captures, each with what bgpsharp decode finds out about its session.</summary>
internal sealed class CapturedUpdates : IMessagePrinter
{
    public RoundTrips RoundTrips { get; } = new();

    public void Add(byte[] capture)
    {
        var isNew = capture is [0x0A, 0x0D, 0x0D, 0x0A, ..];
        var decoder = new CaptureDecoder(this, default, new HashSet<ushort> { 179 }, content => isNew ? new PcapNgReader(content) : new PcapReader(content));
        decoder.Decode(new MemoryStream(capture), new Complaints(), CancellationToken.None);
    }

    public void Update(in MessageHead head, in UpdateMessage update) => RoundTrips.Add(update.Body, update.Guess.Context);

    public void Open(in MessageHead head, OpenMessage open)
    {
    }

    public void Notification(in MessageHead head, BgpNotification notification)
    {
    }

    public void Keepalive(in MessageHead head)
    {
    }

    public void RouteRefresh(in MessageHead head, RouteRefreshMessage refresh)
    {
    }

    public void StateChange(in MessageHead head, MrtFsmState before, MrtFsmState after)
    {
    }

    public void PeerTable(DateTimeOffset time, MrtPeerIndexTable table)
    {
    }

    public void Route(in TableRoute route)
    {
    }

    public void Undecoded(in MessageHead head, string what, string reason, ReadOnlySpan<byte> octets)
    {
    }

    public void Gap(in MessageHead head, long skipped, long missing)
    {
    }

    public void Flush()
    {
    }
}
