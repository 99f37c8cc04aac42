using System.Net;
using BgpSharp.Rib;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Rib;

/// <summary>An Adj-RIB-Out with a model peer at its far end.</summary>
internal sealed class RibSession
{
    public static readonly OutboundPolicy External = new()
    {
        LocalAsn = 65000,
        RemoteAsn = 65001,
        LocalAddress = IPAddress.Parse("198.51.100.11"),
        PeerAddress = IPAddress.Parse("198.51.100.1"),
    };

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly LocalRoutes _routes;

    public RibSession(LocalRoutes routes, OutboundPolicy? policy = null, BgpFamily[]? families = null, int maximumMessageLength = 4096)
    {
        _routes = routes;
        Rib = routes.Attach(
            policy ?? External,
            families ?? [BgpFamily.Ipv4Unicast],
            new WireContext { FourOctetAsn = true, IsInternal = policy?.IsInternal ?? false, MaximumMessageLength = maximumMessageLength });
    }

    public AdjRibOut Rib { get; }

    public ModelPeer Peer { get; } = new();

    public static OutboundPolicy ExternalWith(Func<BgpExportContext, BgpRouteAttributes?> export) => new()
    {
        LocalAsn = External.LocalAsn,
        RemoteAsn = External.RemoteAsn,
        LocalAddress = External.LocalAddress,
        PeerAddress = External.PeerAddress,
        Export = export,
    };

    /// <summary>One flush of a given size; the octets written.</summary>
    public int Flush(int space = 64 * 1024)
    {
        var read = Peer.MessageLengths.Count;
        var length = Rib.Fill(_buffer.AsSpan(0, space), out var messages);
        Peer.Read(_buffer.AsSpan(0, length));
        (Peer.MessageLengths.Count - read).Should().Be(messages + Rib.RefreshMarks, "the count is that of the messages written");
        return length;
    }

    /// <summary>Flushes until nothing is pending; the octets written.</summary>
    public int Drain()
    {
        var total = 0;
        while (Flush() is var length and > 0)
        {
            total += length;
        }

        Rib.HasPending.Should().BeFalse("a flush that writes nothing has nothing left to write");
        return total;
    }

    public void Detach() => _routes.Detach(Rib);
}
