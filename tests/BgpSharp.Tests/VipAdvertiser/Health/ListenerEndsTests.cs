using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Tests.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Health;

namespace BgpSharp.Tests.VipAdvertiser.Health;

/// <summary>The kernel's news of listening sockets, and the connection held in its place.</summary>
public sealed class ListenerEndsTests
{
    private const ushort Port = 6443;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>nlmsghdr and the beginning of inet_diag_msg, as the kernel sent it for a listener on 6443.</summary>
    [Theory]
    [InlineData("18000000 1400 0000 00000000 00000000 0207 0000 192b 0000", true, "a listener on the port")]
    [InlineData("18000000 1400 0000 00000000 00000000 0a07 0000 192b 0000", true, "an IPv6 listener on the port")]
    [InlineData("18000000 1400 0000 00000000 00000000 0207 0000 192c 0000", false, "a listener on another port")]
    [InlineData("18000000 1400 0000 00000000 00000000 0207 0000 192b d431", false, "a connection to the port")]
    [InlineData("18000000 0200 0000 00000000 00000000 0207 0000 192b 0000", false, "no news of a socket")]
    [InlineData("18000000 1400 0000 00000000 00000000 0207 0000 192b", false, "cut off")]
    public void The_news_are_read(string hex, bool isEnd, string because)
    {
        var datagram = Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

        ListenerEnds.HasEnd(datagram, Port).Should().Be(isEnd, because);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::")]
    public async Task The_kernel_tells_when_a_listener_is_closed_and_nothing_of_connections(string address)
    {
        using var network = new NetworkNamespace();
        using var ends = network.Run(() => new ListenerEnds(Port));
        var listener = network.Run(() => Listen(IPAddress.Parse(address), Port));
        var other = network.Run(() => Listen(IPAddress.Parse(address), Port + 1));
        var waiting = ends.WaitAsync(TestContext.Current.CancellationToken);

        // Each of these is news too, of connections and of another port.
        for (var i = 0; i < 10; i++)
        {
            using var client = network.Run(() => Connect(listener));
            using var accepted = listener.Accept();
        }

        other.Dispose();
        waiting.IsCompleted.Should().BeFalse("the listener is there still");
        listener.Dispose();

        await waiting.WaitAsync(Deadline);
    }

    [Fact]
    public async Task The_kernel_tells_when_the_process_that_listens_is_killed()
    {
        using var network = new NetworkNamespace();
        using var ends = network.Run(() => new ListenerEnds(Port));
        using var process = Process.Start(new ProcessStartInfo(
            "ip", ["netns", "exec", network.Name, "dotnet", StandInProgram, "--port", $"{Port}", "--mode", "Ok"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            (await process.StandardOutput.ReadLineAsync().WaitAsync(Deadline)).Should().Be($"listening on 127.0.0.1:{Port}");
            var waiting = ends.WaitAsync(TestContext.Current.CancellationToken);
            waiting.IsCompleted.Should().BeFalse("the process listens");

            process.Kill();

            await waiting.WaitAsync(Deadline);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Where_the_kernel_does_not_tell_a_held_connection_does()
    {
        var log = new LineLogger();
        using var listener = Listen(IPAddress.Loopback, 0);
        var ended = new TaskCompletionSource();
        using var ending = new CancellationTokenSource();
        var watch = new ListenerWatch(
            Port, _ => throw new SocketException((int)SocketError.AccessDenied), () => (IPEndPoint)listener.LocalEndPoint!, TimeProvider.System, new Microsoft.Extensions.Logging.Logger<ListenerWatch>(log));
        var running = watch.RunAsync(() => ended.TrySetResult(), ending.Token);
        using var accepted = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        await accepted.SendAsync(new byte[] { 1, 2, 3 });
        ended.Task.IsCompleted.Should().BeFalse("the connection is held, whatever the server says on it");

        accepted.Close();

        await ended.Task.WaitAsync(Deadline);
        using var again = await listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline);
        await ending.CancelAsync();
        await FluentActions.Awaiting(() => running).Should().ThrowAsync<OperationCanceledException>();
        log.Lines.Should().ContainSingle().Which.Should().Be(
            "Information: The kernel does not tell when nobody listens on port 6443 any more (Permission denied): a connection is held instead");
    }

    [Theory]
    [InlineData(1, 0, 2)]
    [InlineData(2, 31, 4)]
    [InlineData(32, 0, 32)]
    [InlineData(32, 32, 1)]
    public void A_connection_that_does_not_last_is_made_again_ever_later(int wait, int heldFor, int next)
    {
        ListenerWatch.NextWait(TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(heldFor)).Should().Be(TimeSpan.FromSeconds(next));
    }

    private static string StandInProgram => Path.Combine(AppContext.BaseDirectory, "StandInApiserver.dll");

    private static Socket Listen(IPAddress address, int port)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any))
        {
            listener.DualMode = true;
        }

        listener.Bind(new IPEndPoint(address, port));
        listener.Listen();
        return listener;
    }

    private static Socket Connect(Socket listener)
    {
        var target = (IPEndPoint)listener.LocalEndPoint!;
        var client = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(target.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, target.Port) : target);
        return client;
    }
}
