using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

/// <summary>A machine, the time, and what it has sent since it was brought where the test begins.</summary>
internal sealed class BfdRig
{
    public const uint LocalDiscriminator = 7;
    public const uint RemoteDiscriminator = 9;

    public static readonly BfdMachineConfig Default = new()
    {
        DesiredMinTx = TimeSpan.FromMilliseconds(50),
        RequiredMinRx = TimeSpan.FromMilliseconds(50),
        DetectMultiplier = 3,
    };

    private BfdMachineState? _state;

    public BfdMachineConfig Config { get; set; } = Default;

    public BfdMachineState State
    {
        get => _state ??= BfdMachine.Start(Config, LocalDiscriminator, Now);
        private set => _state = value;
    }

    public TimeSpan Now { get; private set; }

    /// <summary>The shortest interval that the process can keep.</summary>
    public TimeSpan LeastInterval { get; set; }

    public List<BfdControlPacket> Sent { get; } = [];

    public BfdRig At(double seconds)
    {
        Now = TimeSpan.FromSeconds(seconds);
        return this;
    }

    public BfdRig After(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    /// <summary>Brings the machine to a state by packets alone, with no poll under way.</summary>
    public BfdRig Enter(BfdState state)
    {
        Config = Config with { AdminDown = state == BfdState.AdminDown };
        Timer();
        if (state is BfdState.Init or BfdState.Up)
        {
            Receive(BfdState.Down);
        }

        if (state == BfdState.Up)
        {
            Receive(BfdState.Up);
            Receive(BfdState.Up, final: true);
        }

        Sent.Clear();
        return this;
    }

    public void Timer(double jitter = 0.5, TimeSpan? heardUntil = null) => Step(BfdEvent.Timer(Now, heardUntil ?? Now, jitter));

    public void Receive(
        BfdState state,
        bool poll = false,
        bool final = false,
        bool demand = false,
        uint desiredMinTx = 50_000,
        uint requiredMinRx = 50_000,
        byte multiplier = 3,
        double jitter = 0.5,
        TimeSpan? at = null,
        uint from = RemoteDiscriminator) => Step(BfdEvent.Received(
            new BfdControlPacket
            {
                State = state,
                Poll = poll,
                Final = final,
                Demand = demand,
                DetectMultiplier = multiplier,
                MyDiscriminator = from,
                YourDiscriminator = LocalDiscriminator,
                DesiredMinTx = desiredMinTx,
                RequiredMinRx = requiredMinRx,
            },
            at ?? Now,
            Now,
            jitter));

    private void Step(in BfdEvent input)
    {
        var (state, actions) = BfdMachine.Step(State, input with { LeastInterval = LeastInterval }, Config);
        State = state;
        if (actions.HasFlag(BfdActions.SendFinal))
        {
            Sent.Add(state.ToPacket(final: true));
        }

        if (actions.HasFlag(BfdActions.Send))
        {
            Sent.Add(state.ToPacket(final: false));
        }
    }
}
