using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Tests.Session;
using BgpSharp.Transport;

namespace BgpSharp.Tests.Transport;

/// <summary>A reader that sleeps through what is too short to wake it, on sockets of the loopback.</summary>
public sealed class QuietInputTests : IAsyncDisposable
{
    private const int Enough = 20;
    private static readonly byte[] Short = [.. Enumerable.Repeat((byte)7, Enough - 1)];
    private static readonly byte[] Other = [.. Enumerable.Repeat((byte)9, Enough - 1)];

    private readonly Socket _sender = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SocketConnection _receiver;

    public QuietInputTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SO_RCVLOWAT wakes by it on Linux.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        _sender.Connect(listener.LocalEndPoint!);
        _receiver = new SocketConnection(listener.Accept());
    }

    [Fact]
    public async Task A_short_message_wakes_nobody_and_is_taken_by_who_looks()
    {
        var reading = ReadQuietly();
        for (var message = 0; message < 3; message++)
        {
            _sender.Send(Short);
            await TakesAsync(1, reading);
        }

        reading.IsCompleted.Should().BeFalse("all were taken, by somebody else");
        _sender.Send([.. Short, .. Other]);
        (await NextAsync(reading)).Should().Equal([.. Short, .. Other], "what is long enough is the reader's");
    }

    [Fact]
    public async Task A_reader_that_is_woken_for_what_it_has_read_already_goes_back_to_sleep()
    {
        for (var round = 0; round < 200; round++)
        {
            var reading = ReadQuietly();
            _sender.Send([.. Other, .. Other]);
            var first = await NextAsync(reading);
            first.Length.Should().BeGreaterThanOrEqualTo(Enough);
            reading = ReadQuietly();
            _sender.Send(Short);
            await TakesAsync(1, reading);
            reading.IsCompleted.Should().BeFalse();
            _receiver.Input.CancelPendingRead();
            (await NextAsync(reading)).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Who_looks_learns_when_the_message_came()
    {
        _ = ReadQuietly();
        var sent = Stopwatch.GetTimestamp();
        _sender.Send(Short);
        var age = await TakesAsync(1, Task.Delay(Timeout.Infinite));

        age.Should().BeLessThanOrEqualTo(Stopwatch.GetElapsedTime(sent) + TimeSpan.FromMilliseconds(20), "it cannot have come before it was sent, but for the kernel's coarse clock");
    }

    [Fact]
    public async Task Another_short_message_is_left_to_the_reader_which_is_woken()
    {
        var reading = ReadQuietly();
        _sender.Send(Other);
        await SpeakerFixture.UntilAsync(
            () =>
            {
                _receiver.TakeRepeats(Short, out _).Should().Be(0, "it is another message");
                return reading.IsCompleted;
            },
            "the look wakes the reader");
        (await NextAsync(reading)).Should().Equal(Other);
    }

    [Fact]
    public async Task What_came_before_another_message_is_taken_alone()
    {
        var reading = ReadQuietly();
        _sender.Send(Short);
        await TakesAsync(1, reading);
        _receiver.WakeFor(3 * Enough);
        _sender.Send([.. Short, .. Other]);
        await TakesAsync(1, reading);
        (await NextAsync(reading)).Should().Equal(Other);
    }

    [Fact]
    public async Task The_end_of_the_stream_wakes_the_reader_after_what_lay_there()
    {
        var reading = ReadQuietly();
        _sender.Send(Short);
        _sender.Shutdown(SocketShutdown.Send);
        (await NextAsync(reading)).Should().Equal(Short, "a FIN wakes whatever the length");
        (await _receiver.Input.ReadAsync()).IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task What_lay_there_wakes_a_reader_that_is_no_longer_quiet()
    {
        var reading = ReadQuietly();
        _sender.Send(Short);
        await SpeakerFixture.UntilAsync(() => _receiver.Socket.Available == Short.Length, "it is there");
        reading.IsCompleted.Should().BeFalse();
        _receiver.HasUnreadInput.Should().BeFalse("nothing the reader will be woken for");

        _receiver.WakeFor(1);
        (await NextAsync(reading)).Should().Equal(Short, "the kernel looks again when the limit changes");
    }

    [Fact]
    public async Task Nothing_is_taken_from_a_reader_that_is_awake()
    {
        _receiver.WakeFor(Enough);
        _sender.Send(Short);
        await SpeakerFixture.UntilAsync(() => _receiver.Socket.Available == Short.Length, "it is there");
        _receiver.TakeRepeats(Short, out _).Should().Be(0, "nobody sleeps in a read");
    }

    [Fact]
    public async Task Nothing_is_lost_or_taken_twice_between_a_reader_and_one_who_looks()
    {
        const int messages = 20_000;
        var taken = 0;
        var read = 0;
        var looking = Task.Run(async () =>
        {
            while (Volatile.Read(ref taken) + Volatile.Read(ref read) < messages)
            {
                Volatile.Write(ref taken, taken + _receiver.TakeRepeats(Short, out _));
                await Task.Yield();
            }
        });
        var reading = Task.Run(async () =>
        {
            var torn = false;
            while (true)
            {
                _receiver.WakeFor(torn ? 1 : Enough);
                var result = await _receiver.Input.ReadAsync();
                var whole = result.Buffer.Slice(0, result.Buffer.Length / Short.Length * Short.Length);
                whole.ToArray().Should().NotContain(octet => octet != 7);
                Volatile.Write(ref read, read + ((int)whole.Length / Short.Length));
                torn = whole.Length < result.Buffer.Length;
                _receiver.Input.AdvanceTo(whole.End, result.Buffer.End);
                if (result.IsCompleted)
                {
                    torn.Should().BeFalse("nothing was taken from a message that was half read");
                    return;
                }
            }
        });
        for (var i = 0; i < messages; i++)
        {
            await _sender.SendAsync(Short);
        }

        await Task.WhenAny(looking, reading).WaitAsync(TimeSpan.FromMinutes(1));
        _sender.Shutdown(SocketShutdown.Send);
        await Task.WhenAll(reading, looking).WaitAsync(TimeSpan.FromMinutes(1));
        (taken + read).Should().Be(messages);
    }

    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        await _receiver.DisposeAsync();
    }

    private Task<System.IO.Pipelines.ReadResult> ReadQuietly()
    {
        _receiver.WakeFor(Enough);
        return _receiver.Input.ReadAsync().AsTask();
    }

    private async Task<byte[]> NextAsync(Task<System.IO.Pipelines.ReadResult> reading)
    {
        var result = await reading.WaitAsync(TimeSpan.FromSeconds(30));
        var octets = result.Buffer.ToArray();
        _receiver.Input.AdvanceTo(result.Buffer.End);
        return octets;
    }

    private async Task<TimeSpan> TakesAsync(int messages, Task reading)
    {
        var taken = 0;
        var last = TimeSpan.Zero;
        await SpeakerFixture.UntilAsync(
            () =>
            {
                if (_receiver.TakeRepeats(Short, out var age) is > 0 and var more)
                {
                    (taken, last) = (taken + more, age);
                }

                return taken == messages || reading.IsCompleted;
            },
            "what was sent lies there");
        taken.Should().Be(messages);
        return last;
    }
}
