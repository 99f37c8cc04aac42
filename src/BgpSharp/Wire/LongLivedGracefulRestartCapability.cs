using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Wire;

/// <summary>Long-lived graceful restart (RFC 9494 §3.1). Immutable.</summary>
public sealed class LongLivedGracefulRestartCapability
{
    private const int EntryLength = 7;
    private const int MaximumTime = 0xFFFFFF;
    private const byte ForwardingBit = 0x80;

    /// <summary>Makes the capability.</summary>
    /// <param name="families">The families whose stale routes may be kept, at most 36.</param>
    /// <exception cref="ArgumentException">There are too many families, or a time is out of range.</exception>
    public LongLivedGracefulRestartCapability(IEnumerable<LongLivedGracefulRestartFamily> families)
    {
        Families = Array.AsReadOnly([.. families]);
        CapabilityList.ThrowIfTooMany(Families.Count, byte.MaxValue / EntryLength, nameof(families));
        if (Families.Any(family => family.StaleTime is < 0 or > MaximumTime))
        {
            throw new ArgumentException($"A stale time has 0 to {MaximumTime} seconds.", nameof(families));
        }
    }

    /// <summary>The families whose stale routes may be kept.</summary>
    public IReadOnlyList<LongLivedGracefulRestartFamily> Families { get; }

    /// <summary>Reads the capability.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="result">Its content.</param>
    /// <returns>False: it is another one, or malformed and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, [NotNullWhen(true)] out LongLivedGracefulRestartCapability? result)
    {
        ArgumentNullException.ThrowIfNull(capability);
        result = null;
        var value = capability.Value.Span;
        if (capability.Code != CapabilityCode.LongLivedGracefulRestart || value.Length % EntryLength != 0)
        {
            return false;
        }

        var families = new LongLivedGracefulRestartFamily[value.Length / EntryLength];
        for (var i = 0; i < families.Length; i++, value = value[EntryLength..])
        {
            var family = new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(value), value[2]);
            var time = (value[4] << 16) | BinaryPrimitives.ReadUInt16BigEndian(value[5..]);
            families[i] = new LongLivedGracefulRestartFamily(family, time, (value[3] & ForwardingBit) != 0);
        }

        result = new LongLivedGracefulRestartCapability(families);
        return true;
    }

    /// <summary>The capability as it goes into an OPEN.</summary>
    /// <returns>Code and value.</returns>
    public BgpCapability ToCapability()
    {
        var value = new byte[EntryLength * Families.Count];
        var rest = value.AsSpan();
        foreach (var (family, time, forwardingPreserved) in Families)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, family.Afi);
            rest[2] = family.Safi;
            rest[3] = forwardingPreserved ? ForwardingBit : (byte)0;
            rest[4] = (byte)(time >> 16);
            BinaryPrimitives.WriteUInt16BigEndian(rest[5..], (ushort)time);
            rest = rest[EntryLength..];
        }

        return new BgpCapability(CapabilityCode.LongLivedGracefulRestart, value);
    }

    /// <summary>The families and their times.</summary>
    /// <returns>For example <c>ipv4-unicast 3600 s</c>.</returns>
    public override string ToString() => string.Join(", ", Families);
}
