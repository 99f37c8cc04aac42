namespace BgpSharp.Bfd;

/// <summary>Why a packet is discarded before a session hears of it (RFC 5880 §6.8.6).</summary>
internal enum BfdPacketError
{
    None,
    TooShort,
    Version,
    Length,
    DetectMultiplier,
    Multipoint,
    MyDiscriminator,
    YourDiscriminator,
    PollAndFinal,
    Authentication,
}
