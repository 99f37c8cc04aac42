using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Interop.Harness;
using BgpSharp.Wire;

namespace BgpSharp.Interop;

/// <summary>A program that gets no processor for twice its hold time: every timer of it is late, and what its peer sent lies in the kernel.</summary>
public sealed class StoppedProcessTests
{
    private const ushort HoldTime = 6;

    [Fact]
    public async Task A_program_stopped_for_twice_the_hold_time_keeps_a_session_whose_peer_went_on_talking()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        using var listener = NetNs.Listen(lab.RouterNs, new IPEndPoint(LabTopology.RouterAddress, 179));
        var announcer = lab.Start(lab.MasterNs(1), [.. Programs.Cli, "announce", LabTopology.VipPrefix,
            "--peer", $"{LabTopology.RouterAddress}", "--local-as", "65000", "--peer-as", "65001", "--hold-time", $"{HoldTime}"]);
        using var limit = new Deadline(TimeSpan.FromSeconds(90));
        using var socket = await listener.AcceptAsync(limit.Token);
        var input = PipeReader.Create(new NetworkStream(socket));
        await SendAsync(socket, output => OpenCodec.Encode(Open(), output), limit.Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var spoken = new SemaphoreSlim(0);
        var talking = TalkAsync(socket, spoken, stop.Token);
        await ReadUntilAsync(input, MessageType.Update, limit.Token);

        announcer.Send(Signal.Stop);
        var before = spoken.CurrentCount;
        for (var second = 0; second <= before + (2 * HoldTime); second++)
        {
            await spoken.WaitAsync(limit.Token);
        }

        announcer.Send(Signal.Continue);

        // More than were on their way when it was stopped.
        for (var keepalives = 0; keepalives < 4; keepalives++)
        {
            await ReadUntilAsync(input, MessageType.Keepalive, limit.Token);
        }

        announcer.Lines.Should().NotContain(line => line.Contains(" down: ", StringComparison.Ordinal), "the peer was never silent");
        await stop.CancelAsync();
        await talking;
    }

    /// <summary>A KEEPALIVE a second, for as long as there is somebody to send it to.</summary>
    private static async Task TalkAsync(Socket socket, SemaphoreSlim spoken, CancellationToken cancellationToken)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            do
            {
                await SendAsync(socket, KeepaliveCodec.Encode, cancellationToken);
                spoken.Release();
            }
            while (await second.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    /// <summary>The next message of a type; the program may send others, but no farewell.</summary>
    private static async Task ReadUntilAsync(PipeReader input, MessageType type, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancellationToken);
            var status = FrameReader.Read(result.Buffer, WireLimits.MaximumMessageLength, out var frame, out var error);
            status.Should().NotBe(FrameStatus.Error, $"{error}");
            if (status == FrameStatus.NeedMore)
            {
                result.IsCompleted.Should().BeFalse("the program must not close the connection");
                input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            var received = frame.Type;
            input.AdvanceTo(frame.End);
            received.Should().NotBe(MessageType.Notification, "the session must not fall");
            if (received == type)
            {
                return;
            }
        }
    }

    private static OpenMessage Open() => new()
    {
        MyAutonomousSystem = 65001,
        HoldTime = HoldTime,
        Identifier = BgpIdentifier.Parse($"{LabTopology.RouterAddress}"),
        Capabilities = [MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast), FourOctetAsnCapability.Create(65001)],
    };

    private static async Task SendAsync(Socket socket, Action<IBufferWriter<byte>> encode, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        await socket.SendAsync(output.WrittenMemory, cancellationToken);
    }
}
