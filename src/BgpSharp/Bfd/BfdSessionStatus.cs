using System.Globalization;

namespace BgpSharp.Bfd;

/// <summary>A BFD session at one moment. Immutable.</summary>
public sealed class BfdSessionStatus
{
    internal BfdSessionStatus(in BfdMachineState state)
    {
        State = state.State;
        Diagnostic = state.Diagnostic;
        LocalDiscriminator = state.LocalDiscriminator;
        RemoteDiscriminator = state.RemoteDiscriminator;
        RemoteState = state.RemoteState;
        RemoteDiagnostic = state.RemoteDiagnostic;
        RemoteTransmitInterval = state.RemoteMinTx;
        RemoteReceiveInterval = state.RemoteMinRx;
        RemoteMultiplier = state.RemoteMultiplier;
        RemoteDemand = state.RemoteDemand;
        TransmitInterval = state.TransmitInterval;
        DetectionTime = state.DetectionTime;
        IsSlowed = state.IsSlowed;
    }

    /// <summary>Our state.</summary>
    public BfdState State { get; }

    /// <summary>Why we last left the state Up.</summary>
    public BfdDiagnostic Diagnostic { get; }

    /// <summary>Our discriminator.</summary>
    public uint LocalDiscriminator { get; }

    /// <summary>The peer's discriminator; 0: it is not heard.</summary>
    public uint RemoteDiscriminator { get; }

    /// <summary>The peer's state; Down when it is not heard.</summary>
    public BfdState RemoteState { get; }

    /// <summary>What the peer said last about why it left the state Up.</summary>
    public BfdDiagnostic RemoteDiagnostic { get; }

    /// <summary>The interval that the peer wants to send at.</summary>
    public TimeSpan RemoteTransmitInterval { get; }

    /// <summary>The shortest interval that the peer takes.</summary>
    public TimeSpan RemoteReceiveInterval { get; }

    /// <summary>The peer's detection multiplier.</summary>
    public int RemoteMultiplier { get; }

    /// <summary>Whether the peer is in demand mode: while both sides are Up, it wants no periodic packets from us.</summary>
    public bool RemoteDemand { get; }

    /// <summary>The interval we send at, before it is made up to a quarter shorter by chance.</summary>
    public TimeSpan TransmitInterval { get; }

    /// <summary>How long the peer may be silent; zero: it is not heard.</summary>
    public TimeSpan DetectionTime { get; }

    /// <summary>
    /// Whether we mean to send more slowly than configured, since this process was late again and again; the peer is told, and waits
    /// for us accordingly. It ends a minute or two after the delays did.
    /// </summary>
    public bool IsSlowed { get; }

    /// <summary>Whether the peer holds the session down on purpose. That says nothing about the path to it (RFC 5882 §3.2).</summary>
    public bool IsPeerAdminDown => RemoteState == BfdState.AdminDown;

    /// <summary>The state, and what an operator wants to know of it.</summary>
    /// <returns>For example <c>Up (sending every 50 ms, detection time 150 ms)</c>.</returns>
    public override string ToString() => State switch
    {
        BfdState.Up => string.Create(
            CultureInfo.InvariantCulture,
            $"Up (sending every {TransmitInterval.TotalMilliseconds} ms{(IsSlowed ? " since this process is not more punctual" : "")}, detection time {DetectionTime.TotalMilliseconds} ms)"),
        _ when IsPeerAdminDown => $"{State} (the peer holds it down on purpose)",
        BfdState.AdminDown or BfdState.Init => $"{State}",
        _ => Diagnostic switch
        {
            BfdDiagnostic.None => $"{State}",
            BfdDiagnostic.ControlDetectionTimeExpired => $"{State} (nothing was heard for the detection time)",
            BfdDiagnostic.NeighborSignaledSessionDown when RemoteDiagnostic == BfdDiagnostic.ControlDetectionTimeExpired =>
                $"{State} (the peer said so: it heard nothing from us for its detection time)",
            BfdDiagnostic.NeighborSignaledSessionDown => $"{State} (the peer said so)",
            _ => $"{State} ({Diagnostic})",
        },
    };
}
