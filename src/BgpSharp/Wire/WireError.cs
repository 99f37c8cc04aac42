namespace BgpSharp.Wire;

/// <summary>A peer's mistake as a value: what the NOTIFICATION about it will say (RFC 4271 §6).</summary>
internal readonly record struct WireError(BgpErrorCode Code, byte Subcode, ReadOnlyMemory<byte> Data = default)
{
    public BgpNotification ToNotification() => new(Code, Subcode, Data.Span);
}
