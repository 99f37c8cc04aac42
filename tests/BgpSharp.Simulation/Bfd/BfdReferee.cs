using BgpSharp.Bfd;

namespace BgpSharp.Simulation.Bfd;

/// <summary>
/// What must hold whatever happens. It looks at packets and states from outside, and works the times out for itself.
/// </summary>
internal sealed class BfdReferee(BfdWorld world)
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    private readonly Book[] _books = [new(), new()];

    /// <summary>While set, a silence may not be found: fewer packets in a row are lost than the multiplier allows.</summary>
    public bool IsPathGood { get; set; }

    public void Started(BfdEnd end)
    {
        var book = _books[end.Number];
        book.Reset();
        book.RxStrictest = end.Config.RequiredMinRx;
        book.LastPeriodic = null;
    }

    /// <summary>Of two values that we ask for the peer keeps to the old one until it has answered the poll about the new one.</summary>
    public void Sent(BfdEnd end, in BfdControlPacket packet, bool isNews)
    {
        var book = _books[end.Number];
        Check(!(packet.Poll && packet.Final), "P and F in one packet (§6.8.7)");
        Check(packet.State == BfdState.Up || packet.DesiredMinTx >= 1_000_000, "less than a second promised while not Up (§6.8.3)");
        Check(end.Config.AdminDown != (packet.State != BfdState.AdminDown), "the session is held down, and its packets say otherwise, or the reverse (§6.8.16)");
        Check(book.IsHeard || packet.YourDiscriminator == 0, "the discriminator of a peer that has been silent for a detection time (§6.8.1)");
        if (packet.Final)
        {
            Check(book.PollsToAnswer > 0, "F without a poll");
            book.PollsToAnswer = 0;
            book.RxStrictest = Larger(book.RxStrictest, TimeSpan.FromMicroseconds(packet.RequiredMinRx));
            return;
        }

        Check(book.PollsToAnswer == 0, "a poll was not answered at once (§6.8.7)");
        var now = world.Clock.Now;
        if (!isNews && book.LastPeriodic is { } last)
        {
            var least = Larger(TimeSpan.FromMicroseconds(Math.Min(packet.DesiredMinTx, book.LeastDesired)), book.AskedFor);
            Check(now - last >= least * 0.7499, $"{(now - last).TotalMilliseconds} ms between packets where {least.TotalMilliseconds} were agreed on (§6.8.7)");
        }

        (book.LastPeriodic, book.LeastDesired) = (now, packet.Poll ? Math.Min(packet.DesiredMinTx, book.LeastDesired) : packet.DesiredMinTx);
        book.RxStrictest = packet.Poll ? Larger(book.RxStrictest, TimeSpan.FromMicroseconds(packet.RequiredMinRx)) : TimeSpan.FromMicroseconds(packet.RequiredMinRx);
    }

    public void Arrived(BfdEnd end, in BfdControlPacket packet)
    {
        var book = _books[end.Number];
        book.LastArrival = world.Clock.Now;
        book.LastPacket = packet;
        book.IsHeard = true;
    }

    public void Stepped(BfdEnd end, in BfdMachineState before, in BfdEvent input)
    {
        var (book, after, now) = (_books[end.Number], end.Machine, world.Clock.Now);
        if (input.Kind == BfdEventKind.Packet)
        {
            book.AskedFor = TimeSpan.FromMicroseconds(input.Packet.RequiredMinRx);
            if (input.Packet.Poll && after.State != BfdState.AdminDown && before.State != BfdState.AdminDown)
            {
                book.PollsToAnswer++;
            }

            Check(!(input.Packet.State is BfdState.AdminDown or BfdState.Down && before.State == BfdState.Up && after.State == BfdState.Up), "Up though the peer says it is not (§6.8.6)");
        }

        Check(end.Config.AdminDown || before.State != BfdState.AdminDown || input.Kind == BfdEventKind.Timer, "a packet ended AdminDown");
        var isSilence = before.State is BfdState.Up or BfdState.Init && after is { State: BfdState.Down, Diagnostic: BfdDiagnostic.ControlDetectionTimeExpired };
        var silence = now - book.LastArrival;
        if (isSilence)
        {
            var least = book.LastPacket.DetectMultiplier * Larger(Smaller(book.RxStrictest, end.Config.RequiredMinRx), TimeSpan.FromMicroseconds(book.LastPacket.DesiredMinTx));
            Check(silence >= least, $"Down after {silence.TotalMilliseconds} ms of silence, where {least.TotalMilliseconds} is the detection time (§6.8.4)");
            Check(before.State != BfdState.Up || !IsPathGood, $"Down on a good path, after {silence.TotalMilliseconds} ms (§6.8.3)");
        }
        else if (input.Kind == BfdEventKind.Timer && after.State is (BfdState.Up or BfdState.Init))
        {
            var most = book.LastPacket.DetectMultiplier * Larger(Larger(book.RxStrictest, end.Config.RequiredMinRx), TimeSpan.FromMicroseconds(book.LastPacket.DesiredMinTx));
            Check(silence <= most + world.Lateness, $"{after.State} after {silence.TotalMilliseconds} ms of silence, where {most.TotalMilliseconds} is the detection time (§6.8.4)");
        }

        if (after.LastReceived is null)
        {
            (book.IsHeard, book.AskedFor) = (false, TimeSpan.FromMicroseconds(1));
        }
    }

    /// <summary>Whether both sides are Up, with the timers they want, and no poll is left over.</summary>
    public static bool HasAgreed(BfdEnd[] ends) => ends.All(end => Disagreement(end) is null);

    public static void Rests(int turns) => Check(turns < 1000, "no end of timers at one moment");

    /// <summary>Nothing goes wrong any more, and there was time.</summary>
    public static void Agree(BfdEnd[] ends) =>
        Array.ForEach(ends, end => Check(Disagreement(end) is null, $"side {end.Number} in the end: {Disagreement(end)}"));

    private static string? Disagreement(BfdEnd end) => end.Machine switch
    {
        { State: not BfdState.Up } => $"it is {end.Machine.State} on a good path",
        { Polling: true } => "it polls",
        var machine when machine.TransmitInterval != Larger(Desired(end), end.Peer.Config.RequiredMinRx) =>
            $"it sends every {machine.TransmitInterval.TotalMilliseconds} ms",
        var machine when machine.DetectionTime != end.Peer.Config.DetectMultiplier * Larger(end.Config.RequiredMinRx, Desired(end.Peer)) =>
            $"its detection time is {machine.DetectionTime.TotalMilliseconds} ms",
        _ => null,
    };

    private static TimeSpan Desired(BfdEnd end) => Larger(end.Config.DesiredMinTx, end.LeastInterval);

    /// <summary>Its peer has been dead or cut off for longer than any detection time.</summary>
    public static void IsNotUp(BfdEnd end) => Check(end.Machine.State != BfdState.Up, $"side {end.Number} is {end.Machine.State} without a peer");

    /// <summary>It stood still again and again.</summary>
    public static void IsSlower(BfdEnd end, TimeSpan interval) =>
        Check(end.Machine.TransmitInterval > interval, $"side {end.Number} still sends every {interval.TotalMilliseconds} ms");

    /// <summary>News travels in the time a packet takes.</summary>
    public static void Knows(BfdEnd end, string what) => Check(end.Machine.State != BfdState.Up, $"side {end.Number} is Up, and has not heard that {what} (§6.8.7)");

    private static TimeSpan Larger(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvariantException(otherwise);
        }
    }

    private sealed class Book
    {
        public TimeSpan LastArrival { get; set; }

        public BfdControlPacket LastPacket { get; set; }

        public TimeSpan? LastPeriodic { get; set; }

        public uint LeastDesired { get; set; }

        public TimeSpan AskedFor { get; set; }

        public TimeSpan RxStrictest { get; set; }

        public int PollsToAnswer { get; set; }

        public bool IsHeard { get; set; }

        public void Reset() => (LastArrival, LastPacket, AskedFor, PollsToAnswer, IsHeard) = (TimeSpan.Zero, default, TimeSpan.FromMicroseconds(1), 0, false);
    }
}
