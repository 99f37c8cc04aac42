using System.Net;
using System.Threading.Channels;
using BgpSharp.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>Our side: an engine in a master's namespace, a session, and its statuses in order.</summary>
internal sealed class BfdSide : IAsyncDisposable
{
    private readonly Channel<BfdSessionStatus> _statuses = Channel.CreateUnbounded<BfdSessionStatus>();

    public BfdSide(string ns, IPAddress peer, BfdOptions? options = null, IPAddress? local = null, Action? turning = null, LogLines? logs = null)
    {
        Engine = NamespaceBfd.In(ns, holdsIntervals: true, turning, logs);
        Session = Engine.AddSession(new BfdSessionOptions
        {
            Address = peer,
            LocalAddress = local,
            Bfd = options ?? Fast,
            Changed = (_, status) => _statuses.Writer.TryWrite(status),
        });
    }

    public static BfdOptions Fast { get; } = Every(50);

    public BfdEngine Engine { get; }

    public BfdSession Session { get; }

    public static BfdOptions Every(int milliseconds, int? receive = null, int multiplier = 3, bool multihop = false) => new()
    {
        TransmitInterval = TimeSpan.FromMilliseconds(milliseconds),
        ReceiveInterval = TimeSpan.FromMilliseconds(receive ?? milliseconds),
        DetectMultiplier = multiplier,
        Multihop = multihop,
    };

    /// <summary>The next status that is as wanted; those before it are skipped.</summary>
    public async Task<BfdSessionStatus> WaitAsync(string what, Func<BfdSessionStatus, bool> wanted)
    {
        using var limit = new Deadline();
        try
        {
            while (true)
            {
                if (await _statuses.Reader.ReadAsync(limit.Token) is var status && wanted(status))
                {
                    return status;
                }
            }
        }
        catch (OperationCanceledException) when (limit.Passed)
        {
            throw new TimeoutException($"not within {limit.Limit.TotalSeconds} s: {what}; it was {Session}");
        }
    }

    /// <summary>Up, with these times in force.</summary>
    public Task<BfdSessionStatus> WaitForUpAsync(double interval = 50, double detectionTime = 150) => WaitAsync(
        $"Up, sending every {interval} ms, detection time {detectionTime} ms",
        status => status.State == BfdState.Up && status.TransmitInterval.TotalMilliseconds == interval && status.DetectionTime.TotalMilliseconds == detectionTime);

    public Task<BfdSessionStatus> WaitForDownAsync() => WaitAsync("Down", status => status.State == BfdState.Down);

    /// <summary>Comes up, and again after the peer's daemon stood still and after the link carried nothing, each of which it notices by itself.</summary>
    public async Task NoticesAStopAndACutAsync(Lab lab, LabProcess daemon)
    {
        await WaitForUpAsync();
        daemon.Send(Signal.Stop);
        (await WaitForDownAsync()).Diagnostic.Should().Be(BfdDiagnostic.ControlDetectionTimeExpired);
        daemon.Send(Signal.Continue);
        await WaitForUpAsync();

        await lab.CutAsync(1);
        (await WaitForDownAsync()).Diagnostic.Should().Be(BfdDiagnostic.ControlDetectionTimeExpired);
        await lab.HealAsync(1);
        await WaitForUpAsync();
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
