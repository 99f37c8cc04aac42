using System.Net;
using System.Net.Sockets;
using BgpSharp.Transport;

namespace BgpSharp.Tests.Session;

public sealed class SocketListenerTests
{
    [Fact]
    public async Task A_port_that_somebody_listens_on_is_refused_and_one_just_closed_is_not()
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, 0);
        var first = await SocketTransport.Instance.ListenAsync(new BgpListenOptions { LocalEndPoint = endPoint }, CancellationToken.None);
        endPoint = first.LocalEndPoint;
        using var client = new TcpClient();
        await client.ConnectAsync(endPoint);
        var accepted = await first.AcceptAsync(CancellationToken.None);

        var listenAgain = async () => await SocketTransport.Instance.ListenAsync(new BgpListenOptions { LocalEndPoint = endPoint }, CancellationToken.None);
        (await listenAgain.Should().ThrowAsync<SocketException>()).Which.SocketErrorCode.Should().Be(SocketError.AddressAlreadyInUse);

        // The accepted connection ends on our side first, so that it lingers in TIME_WAIT on the port.
        await accepted.DisposeAsync();
        await first.DisposeAsync();
        var second = await listenAgain();
        second.LocalEndPoint.Should().Be(endPoint, "a restarted speaker takes its port back at once (SO_REUSEADDR)");
        await second.DisposeAsync();
    }
}
