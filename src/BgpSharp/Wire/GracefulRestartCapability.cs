using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Wire;

/// <summary>Graceful restart (RFC 4724 §3, RFC 8538 §2). Immutable.</summary>
public sealed class GracefulRestartCapability
{
    private const int HeaderLength = 2;
    private const int EntryLength = 4;
    private const ushort RestartBit = 0x8000;
    private const ushort NotificationBit = 0x4000;
    private const ushort TimeMask = 0x0FFF;
    private const byte ForwardingBit = 0x80;

    /// <summary>Makes the capability.</summary>
    /// <param name="restartTime">How long the peer may keep routes until the sender is back, in seconds: 0 to 4095.</param>
    /// <param name="families">
    /// The families whose forwarding survives a restart, at most 63; none: the sender only says that it makes End-of-RIB.
    /// </param>
    /// <exception cref="ArgumentException">The time is out of range, or there are too many families.</exception>
    public GracefulRestartCapability(int restartTime, IEnumerable<GracefulRestartFamily> families)
    {
        if (restartTime is < 0 or > TimeMask)
        {
            throw new ArgumentException($"A restart time has 0 to {TimeMask} seconds, not {restartTime}.", nameof(restartTime));
        }

        RestartTime = restartTime;
        Families = Array.AsReadOnly([.. families]);
        CapabilityList.ThrowIfTooMany(Families.Count, (byte.MaxValue - HeaderLength) / EntryLength, nameof(families));
    }

    /// <summary>The R bit: the sender has restarted, and its peer must not wait for its End-of-RIB.</summary>
    public bool HasRestarted { get; init; }

    /// <summary>The N bit: NOTIFICATIONs and an expired hold timer do not end forwarding either (RFC 8538).</summary>
    public bool CoversNotifications { get; init; }

    /// <summary>How long the peer may keep routes until the sender is back, in seconds.</summary>
    public int RestartTime { get; }

    /// <summary>The families whose forwarding survives a restart.</summary>
    public IReadOnlyList<GracefulRestartFamily> Families { get; }

    /// <summary>Reads the capability.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="result">Its content.</param>
    /// <returns>False: it is another one, or malformed and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, [NotNullWhen(true)] out GracefulRestartCapability? result)
    {
        ArgumentNullException.ThrowIfNull(capability);
        result = null;
        var value = capability.Value.Span;
        if (capability.Code != CapabilityCode.GracefulRestart || value.Length % EntryLength != HeaderLength)
        {
            return false;
        }

        var header = BinaryPrimitives.ReadUInt16BigEndian(value);
        value = value[HeaderLength..];
        var families = new GracefulRestartFamily[value.Length / EntryLength];
        for (var i = 0; i < families.Length; i++, value = value[EntryLength..])
        {
            var family = new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(value), value[2]);
            families[i] = new GracefulRestartFamily(family, (value[3] & ForwardingBit) != 0);
        }

        result = new GracefulRestartCapability(header & TimeMask, families)
        {
            HasRestarted = (header & RestartBit) != 0,
            CoversNotifications = (header & NotificationBit) != 0,
        };
        return true;
    }

    /// <summary>The capability as it goes into an OPEN.</summary>
    /// <returns>Code and value.</returns>
    public BgpCapability ToCapability()
    {
        var value = new byte[HeaderLength + (EntryLength * Families.Count)];
        var flags = (HasRestarted ? RestartBit : 0) | (CoversNotifications ? NotificationBit : 0);
        BinaryPrimitives.WriteUInt16BigEndian(value, (ushort)(flags | RestartTime));
        var rest = value.AsSpan(HeaderLength);
        foreach (var (family, forwardingPreserved) in Families)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, family.Afi);
            rest[2] = family.Safi;
            rest[3] = forwardingPreserved ? ForwardingBit : (byte)0;
            rest = rest[EntryLength..];
        }

        return new BgpCapability(CapabilityCode.GracefulRestart, value);
    }

    /// <summary>Time, bits and families.</summary>
    /// <returns>For example <c>120 s, restarted, notification, ipv4-unicast forwarding-preserved</c>.</returns>
    public override string ToString() =>
        $"{RestartTime} s{(HasRestarted ? ", restarted" : "")}{(CoversNotifications ? ", notification" : "")}{string.Concat(Families.Select(family => $", {family}"))}";
}
