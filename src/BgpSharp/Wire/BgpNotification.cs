using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>A NOTIFICATION message (RFC 4271 §4.5), sent or received. Immutable.</summary>
public sealed class BgpNotification
{
    private readonly byte[] _data;

    /// <summary>Makes a NOTIFICATION.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="subcode">The subcode, 0 where the code has none.</param>
    /// <param name="data">The data that goes with it, copied.</param>
    public BgpNotification(BgpErrorCode code, byte subcode, ReadOnlySpan<byte> data = default)
    {
        Code = code;
        Subcode = subcode;
        _data = data.ToArray();
    }

    /// <summary>The error code.</summary>
    public BgpErrorCode Code { get; }

    /// <summary>The subcode.</summary>
    public byte Subcode { get; }

    /// <summary>The data; what it means depends on code and subcode.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>
    /// The text an operator put into a Cease, Administrative Shutdown or Reset (RFC 9003), control characters and octets
    /// that are not UTF-8 escaped; null when there is none.
    /// </summary>
    public string? ShutdownCommunication =>
        Code == BgpErrorCode.Cease && Subcode is CeaseSubcode.AdministrativeShutdown or CeaseSubcode.AdministrativeReset
            ? Wire.ShutdownCommunication.Decode(_data)
            : null;

    /// <summary>
    /// The NOTIFICATION inside a Cease, Hard Reset (RFC 8538 §3): why the session was ended without graceful restart. Null
    /// for others, and where the data is too short for one.
    /// </summary>
    public BgpNotification? HardResetReason =>
        Code == BgpErrorCode.Cease && Subcode == CeaseSubcode.HardReset && _data.Length >= 2 ? NotificationCodec.Decode(_data) : null;

    /// <summary>Code and subcode in words, then their numbers, then what the data says.</summary>
    /// <returns>For example <c>Cease, Administrative Shutdown (6/2): "maintenance"</c>.</returns>
    public override string ToString() => NotificationText.Describe(this);
}
