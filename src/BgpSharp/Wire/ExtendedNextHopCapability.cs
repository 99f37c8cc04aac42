using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Wire;

/// <summary>Extended next hop encoding (RFC 8950 §4): IPv4 routes with IPv6 next hops. Immutable.</summary>
public sealed class ExtendedNextHopCapability
{
    private const int EntryLength = 6;

    /// <summary>Makes the capability.</summary>
    /// <param name="entries">What the sender takes, at most 42 entries.</param>
    /// <exception cref="ArgumentException">There are too many entries.</exception>
    public ExtendedNextHopCapability(IEnumerable<ExtendedNextHop> entries)
    {
        Entries = Array.AsReadOnly([.. entries]);
        CapabilityList.ThrowIfTooMany(Entries.Count, byte.MaxValue / EntryLength, nameof(entries));
    }

    /// <summary>What the sender takes.</summary>
    public IReadOnlyList<ExtendedNextHop> Entries { get; }

    /// <summary>Reads the capability.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="result">Its content.</param>
    /// <returns>False: it is another one, or malformed and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, [NotNullWhen(true)] out ExtendedNextHopCapability? result)
    {
        ArgumentNullException.ThrowIfNull(capability);
        result = null;
        var value = capability.Value.Span;
        if (capability.Code != CapabilityCode.ExtendedNextHop || value.IsEmpty || value.Length % EntryLength != 0)
        {
            return false;
        }

        var entries = new ExtendedNextHop[value.Length / EntryLength];
        for (var i = 0; i < entries.Length; i++, value = value[EntryLength..])
        {
            // The SAFI has two octets here, of which the first has no use.
            if (value[2] != 0)
            {
                return false;
            }

            entries[i] = new ExtendedNextHop(BinaryPrimitives.ReadUInt16BigEndian(value), value[3], BinaryPrimitives.ReadUInt16BigEndian(value[4..]));
        }

        result = new ExtendedNextHopCapability(entries);
        return true;
    }

    /// <summary>The capability as it goes into an OPEN.</summary>
    /// <returns>Code and value.</returns>
    public BgpCapability ToCapability()
    {
        var value = new byte[EntryLength * Entries.Count];
        var rest = value.AsSpan();
        foreach (var entry in Entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, entry.Afi);
            rest[3] = entry.Safi;
            BinaryPrimitives.WriteUInt16BigEndian(rest[4..], entry.NextHopAfi);
            rest = rest[EntryLength..];
        }

        return new BgpCapability(CapabilityCode.ExtendedNextHop, value);
    }

    /// <summary>The entries.</summary>
    /// <returns>For example <c>ipv4-unicast over ipv6</c>.</returns>
    public override string ToString() => string.Join(", ", Entries);
}
