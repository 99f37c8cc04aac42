using BgpSharp.Bfd;

namespace BgpSharp.Simulation.Bfd;

/// <summary>The BFD machine, with what a mutation makes of its inputs and outputs.</summary>
internal static class MutatedBfd
{
    public static BfdTransition Step(BfdMutation mutation, in BfdMachineState state, BfdEvent input, BfdMachineConfig config)
    {
        var packet = input.Packet;
        var isPacket = input.Kind == BfdEventKind.Packet;
        input = mutation switch
        {
            BfdMutation.DetectionNeverExpires => input with { HeardUntil = TimeSpan.MinValue },
            BfdMutation.DetectionTooShort when state.State == BfdState.Up && state.RemoteMultiplier > 0 =>
                input with { HeardUntil = input.HeardUntil + (state.DetectionTime / state.RemoteMultiplier) },
            BfdMutation.OwnMultiplier when isPacket => input with { Packet = packet with { DetectMultiplier = config.DetectMultiplier } },
            BfdMutation.OwnIntervalIgnored when state.State == BfdState.Up && state.RemoteMinTx > TimeSpan.Zero =>
                input with { HeardUntil = input.HeardUntil + (state.DetectionTime - (state.RemoteMultiplier * state.RemoteMinTx)) },
            BfdMutation.PeerIntervalIgnored when isPacket => input with { Packet = packet with { RequiredMinRx = 1 } },
            BfdMutation.PollNotEnded when isPacket => input with { Packet = packet with { Final = false } },
            BfdMutation.DownIgnored when isPacket && state.State == BfdState.Up && packet.State == BfdState.Down =>
                input with { Packet = packet with { State = BfdState.Up } },
            BfdMutation.AdminDownIgnored when isPacket && state.State == BfdState.Up && packet.State == BfdState.AdminDown =>
                input with { Packet = packet with { State = BfdState.Up } },
            BfdMutation.PauseIgnored => input with { LeastInterval = TimeSpan.Zero },
            BfdMutation.JitterUpwards => input with { Jitter = 1 + input.Jitter },
            _ => input,
        };
        if (mutation == BfdMutation.AdminDownLeft && state.State == BfdState.AdminDown && !isPacket)
        {
            config = config with { AdminDown = false };
        }

        var (next, actions) = BfdMachine.Step(state, input, config);
        return mutation switch
        {
            BfdMutation.LongerTransmitAtOnce => new(next with { TxInForce = next.DesiredMinTx }, actions),
            BfdMutation.ShorterReceiveAtOnce => new(next with { RxInForce = next.RequiredMinRx }, actions),
            BfdMutation.ShorterIntervalNotHonoured when isPacket && (actions & BfdActions.Send) == 0 => new(next with { NextSend = state.NextSend }, actions),
            BfdMutation.PollNotAnswered => new(next, actions & ~BfdActions.SendFinal),
            BfdMutation.FastWhileDown when next.State != BfdState.Up => new(next with { DesiredMinTx = config.DesiredMinTx, TxInForce = config.DesiredMinTx }, actions),
            BfdMutation.DiscriminatorKept when next.RemoteDiscriminator == 0 => new(next with { RemoteDiscriminator = state.RemoteDiscriminator }, actions),
            BfdMutation.NewsNotSent when next.State != state.State => new(next, actions & ~BfdActions.Send),
            _ => new(next, actions),
        };
    }
}
