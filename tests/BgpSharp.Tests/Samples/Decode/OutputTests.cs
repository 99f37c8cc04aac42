using BgpSharp.Cli;
using BgpSharp.Cli.Decode.Capture;
using BgpSharp.Cli.Decode.Input;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>What surrounds the decoding: an output nobody reads, progress, and the bound of memory.</summary>
[Collection(ProcessMemory.Name)]
public sealed class OutputTests
{
    [Theory]
    [InlineData(32, 0, "")]
    [InlineData(28, 1, "bgpsharp: cannot write: ")]
    public async Task A_closed_pipe_ends_quietly_and_a_full_disk_does_not(int errno, int exitCode, string expected)
    {
        using var errors = new StringWriter();
        var streams = new StandardStreams
        {
            Input = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Messages.ToHex(Messages.LongUpdate(500)) + "\n", 100)))),
            Output = new OutputStream(new FailingStream(errno)),
        };

        (await CommandLine.RunAsync(["decode"], TextWriter.Null, errors, streams)).Should().Be(exitCode);
        errors.ToString().Should().StartWith(expected);
        (errors.ToString().Length == 0).Should().Be(expected.Length == 0);
    }

    [Fact]
    public async Task What_was_decoded_is_out_before_the_next_octets_are_waited_for()
    {
        using var output = new MemoryStream();
        var atEachRead = new List<long>();
        var keepalive = System.Text.Encoding.ASCII.GetBytes(Messages.ToHex(Messages.Keepalive) + "\n");
        var streams = new StandardStreams { Input = new SlowStream([keepalive, keepalive], () => atEachRead.Add(output.Length)), Output = new OutputStream(output) };

        (await CommandLine.RunAsync(["decode"], TextWriter.Null, TextWriter.Null, streams)).Should().Be(0);
        atEachRead[^1].Should().Be(2 * "KEEPALIVE, 19 octets\n".Length, "both messages were printed when the end was read");
    }

    [Fact]
    public void Progress_is_one_line_written_over_and_erased()
    {
        var time = new FakeTimeProvider();
        using var errors = new StringWriter();
        var progress = new ProgressLine(errors, 200L << 20, time);

        progress.Report(1 << 20);
        errors.ToString().Should().BeEmpty("what is short needs no progress");
        time.Advance(TimeSpan.FromSeconds(1));
        progress.Report(100L << 20);
        errors.ToString().Should().Be("\r[####################                    ] 50 % of 200.0 MiB");
        progress.Clear();
        progress.Clear();
        errors.ToString().Should().EndWith("MiB\r\u001b[K");
    }

    [Theory]
    [InlineData(2000, 1 << 20, "the octets held back are bounded")]
    [InlineData(100, 64 << 20, "so are the connections that hold them")]
    public void Connections_with_gaps_hold_no_more_than_the_budget(int maximumConnections, long maximumOctets, string because)
    {
        var sink = new CountingSink();
        var table = new ConnectionTable(new HashSet<ushort> { 179 }, sink, maximumConnections, maximumOctets);
        var filler = new byte[1000];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (ushort port = 1; port <= 2000; port++)
        {
            for (var i = 0; i < 20; i++)
            {
                // Always one octet short of what is waited for.
                table.Add(Segment(port, (uint)(1 + (i * 1001)), filler), null);
            }
        }

        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(8 << 20, $"40 MB were sent with gaps in between, and {because}");
        table.Finish();
        sink.SkippedOctets.Should().Be(2000L * 20 * filler.Length, "all of them are told in the end");
    }

    private static TcpSegment Segment(ushort port, uint sequence, byte[] payload) => new()
    {
        Source = new TcpEnd(1, true, port),
        Destination = new TcpEnd(2, true, 179),
        Sequence = sequence,
        Acknowledgement = 0,
        Flags = 16,
        Payload = payload,
    };

    private sealed class CountingSink : ICaptureSink
    {
        public long SkippedOctets { get; private set; }

        public void Message(ReadOnlySpan<byte> message, DateTimeOffset? time, TcpEnd source, TcpEnd destination, SessionFacts session, bool isForward) =>
            throw new InvalidOperationException("there is no message in it");

        public void Skipped(long octets, long missing, TcpEnd source, TcpEnd destination) => SkippedOctets += octets;
    }

    private sealed class FailingStream(int errno) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("it failed", errno);
    }

    private sealed class SlowStream(byte[][] parts, Action reading) : MemoryStream
    {
        private int _next;

        public override int Read(Span<byte> buffer)
        {
            reading();
            if (_next == parts.Length)
            {
                return 0;
            }

            parts[_next].CopyTo(buffer);
            return parts[_next++].Length;
        }
    }
}
