using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Wire;

/// <summary>Add-Path (RFC 7911 §4): several paths to one prefix, told apart by path identifiers. Immutable.</summary>
public sealed class AddPathCapability
{
    private const int EntryLength = 4;

    /// <summary>Makes the capability.</summary>
    /// <param name="families">What the sender can do, at most 63 families.</param>
    /// <exception cref="ArgumentException">There are too many families.</exception>
    public AddPathCapability(IEnumerable<AddPathFamily> families)
    {
        Families = Array.AsReadOnly([.. families]);
        CapabilityList.ThrowIfTooMany(Families.Count, byte.MaxValue / EntryLength, nameof(families));
    }

    /// <summary>What the sender can do.</summary>
    public IReadOnlyList<AddPathFamily> Families { get; }

    /// <summary>Reads the capability.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="result">Its content.</param>
    /// <returns>False: it is another one, or malformed and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, [NotNullWhen(true)] out AddPathCapability? result)
    {
        ArgumentNullException.ThrowIfNull(capability);
        result = null;
        var value = capability.Value.Span;
        if (capability.Code != CapabilityCode.AddPath || value.IsEmpty || value.Length % EntryLength != 0)
        {
            return false;
        }

        var families = new AddPathFamily[value.Length / EntryLength];
        for (var i = 0; i < families.Length; i++, value = value[EntryLength..])
        {
            // With any other value the capability is to be ignored (RFC 7911 §4).
            var mode = (AddPathMode)value[3];
            if (mode is < AddPathMode.Receive or > AddPathMode.SendReceive)
            {
                return false;
            }

            families[i] = new AddPathFamily(new BgpFamily(BinaryPrimitives.ReadUInt16BigEndian(value), value[2]), mode);
        }

        result = new AddPathCapability(families);
        return true;
    }

    /// <summary>The capability as it goes into an OPEN.</summary>
    /// <returns>Code and value.</returns>
    public BgpCapability ToCapability()
    {
        var value = new byte[EntryLength * Families.Count];
        var rest = value.AsSpan();
        foreach (var (family, mode) in Families)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, family.Afi);
            rest[2] = family.Safi;
            rest[3] = (byte)mode;
            rest = rest[EntryLength..];
        }

        return new BgpCapability(CapabilityCode.AddPath, value);
    }

    /// <summary>The families and what can be done in them.</summary>
    /// <returns>For example <c>ipv4-unicast send-receive</c>.</returns>
    public override string ToString() => string.Join(", ", Families);
}
