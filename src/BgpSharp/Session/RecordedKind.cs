namespace BgpSharp.Sessions;

/// <summary>What an entry of a <see cref="FlightRecorder"/> is.</summary>
[Flags]
internal enum RecordedKind : byte
{
    Received = 0,
    Sent = 1,
    TwoOctetAsn = 2,
    StateChange = 4,
}
