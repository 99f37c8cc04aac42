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

    /// <summary>Code and subcode in words, then their numbers.</summary>
    /// <returns>For example <c>Cease, Administrative Shutdown (6/2)</c>.</returns>
    public override string ToString() => Wire.NotificationText.Describe(this);
}
