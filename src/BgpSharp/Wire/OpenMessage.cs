namespace BgpSharp.Wire;

/// <summary>An OPEN (RFC 4271 §4.2), decoded but not yet judged.</summary>
internal sealed class OpenMessage
{
    public byte Version { get; init; } = 4;

    /// <summary>The two-octet field; AS_TRANS when the number needs four.</summary>
    public ushort MyAutonomousSystem { get; init; }

    /// <summary>The proposed hold time in seconds.</summary>
    public ushort HoldTime { get; init; }

    public BgpIdentifier Identifier { get; init; }

    /// <summary>All capabilities in wire order, unknown ones too.</summary>
    public IReadOnlyList<BgpCapability> Capabilities { get; init; } = [];

    /// <summary>The first optional parameter that is not Capabilities (RFC 4271 §6.2 refuses it); null when there is none.</summary>
    public byte? UnsupportedParameter { get; init; }
}
