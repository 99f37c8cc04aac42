using System.Buffers.Binary;

namespace BgpSharp.Bfd;

/// <summary>The mandatory section of a BFD Control packet (RFC 5880 §4.1). Intervals are in microseconds, as on the wire.</summary>
internal readonly record struct BfdControlPacket
{
    public const int Length = 24;

    private const byte Version = 1;
    private const byte PollBit = 0x20;
    private const byte FinalBit = 0x10;
    private const byte AuthenticationBit = 0x04;
    private const byte DemandBit = 0x02;
    private const byte MultipointBit = 0x01;
    private const int StateShift = 6;
    private const int VersionShift = 5;
    private const byte DiagnosticMask = 0x1F;

    public BfdState State { get; init; }

    public BfdDiagnostic Diagnostic { get; init; }

    public bool Poll { get; init; }

    public bool Final { get; init; }

    public bool Demand { get; init; }

    public byte DetectMultiplier { get; init; }

    public uint MyDiscriminator { get; init; }

    public uint YourDiscriminator { get; init; }

    public uint DesiredMinTx { get; init; }

    public uint RequiredMinRx { get; init; }

    /// <summary>Writes the packet: no authentication, no echo, and C is 0, since we share the fate of the control plane.</summary>
    public void Encode(Span<byte> output)
    {
        output[0] = (byte)((Version << VersionShift) | (int)Diagnostic);
        output[1] = (byte)(((int)State << StateShift) | (Poll ? PollBit : 0) | (Final ? FinalBit : 0) | (Demand ? DemandBit : 0));
        output[2] = DetectMultiplier;
        output[3] = Length;
        BinaryPrimitives.WriteUInt32BigEndian(output[4..], MyDiscriminator);
        BinaryPrimitives.WriteUInt32BigEndian(output[8..], YourDiscriminator);
        BinaryPrimitives.WriteUInt32BigEndian(output[12..], DesiredMinTx);
        BinaryPrimitives.WriteUInt32BigEndian(output[16..], RequiredMinRx);
        BinaryPrimitives.WriteUInt32BigEndian(output[20..], 0);
    }

    /// <summary>Reads a datagram and makes the checks of §6.8.6 that need no session; what follows the packet is ignored.</summary>
    public static BfdPacketError TryDecode(ReadOnlySpan<byte> input, out BfdControlPacket packet)
    {
        packet = default;
        if (input.Length < Length)
        {
            return BfdPacketError.TooShort;
        }

        if (input[0] >> VersionShift != Version)
        {
            return BfdPacketError.Version;
        }

        // With authentication the packet has two octets more at least, but no session here uses any.
        if (input[3] < Length || input[3] > input.Length)
        {
            return BfdPacketError.Length;
        }

        var flags = input[1];
        if ((flags & AuthenticationBit) != 0)
        {
            return BfdPacketError.Authentication;
        }

        packet = new BfdControlPacket
        {
            State = (BfdState)(flags >> StateShift),
            Diagnostic = (BfdDiagnostic)(input[0] & DiagnosticMask),
            Poll = (flags & PollBit) != 0,
            Final = (flags & FinalBit) != 0,
            Demand = (flags & DemandBit) != 0,
            DetectMultiplier = input[2],
            MyDiscriminator = BinaryPrimitives.ReadUInt32BigEndian(input[4..]),
            YourDiscriminator = BinaryPrimitives.ReadUInt32BigEndian(input[8..]),
            DesiredMinTx = BinaryPrimitives.ReadUInt32BigEndian(input[12..]),
            RequiredMinRx = BinaryPrimitives.ReadUInt32BigEndian(input[16..]),
        };
        return packet switch
        {
            { DetectMultiplier: 0 } => BfdPacketError.DetectMultiplier,
            _ when (flags & MultipointBit) != 0 => BfdPacketError.Multipoint,
            { MyDiscriminator: 0 } => BfdPacketError.MyDiscriminator,
            { YourDiscriminator: 0, State: BfdState.Init or BfdState.Up } => BfdPacketError.YourDiscriminator,
            { Poll: true, Final: true } => BfdPacketError.PollAndFinal,
            _ => BfdPacketError.None,
        };
    }
}
