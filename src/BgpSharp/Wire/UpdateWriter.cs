using System.Buffers.Binary;
using System.Diagnostics;

namespace BgpSharp.Wire;

/// <summary>
/// Writes UPDATEs (RFC 4271 §4.3, RFC 4760). Each call writes one message, with as many of the prefixes as fit, and says
/// how many that were; where not even one fits, it writes nothing and returns 0.
/// </summary>
internal static class UpdateWriter
{
    private const int LengthField = 2;
    private const int FamilyLength = 3;

    // Flags, type and a two-octet length: written wide, as the value's length is known only afterwards.
    private const int MpHeader = 4;

    /// <summary>Withdraws prefixes: IPv4 in the withdrawn routes, IPv6 in MP_UNREACH_NLRI.</summary>
    /// <returns>The length of the message.</returns>
    public static int WriteWithdrawals(
        Span<byte> destination, BgpFamily family, ReadOnlySpan<IpPrefix> prefixes, in WireContext context, out int taken)
    {
        CheckPrefixes(family, prefixes);
        taken = 0;
        destination = destination[..Math.Min(destination.Length, context.MaximumMessageLength)];
        var isV4 = family == BgpFamily.Ipv4Unicast;
        var before = isV4 ? WireLimits.HeaderLength + LengthField : WireLimits.UpdateMinimumLength + MpHeader + FamilyLength;
        var after = isV4 ? LengthField : 0;
        if (destination.Length < before + after)
        {
            return 0;
        }

        var written = NlriField.Write(destination[before..^after], prefixes, out taken);
        if (taken == 0)
        {
            return 0;
        }

        if (isV4)
        {
            var body = destination[WireLimits.HeaderLength..];
            BinaryPrimitives.WriteUInt16BigEndian(body, (ushort)written);
            BinaryPrimitives.WriteUInt16BigEndian(body[(LengthField + written)..], 0);
            return Finish(destination, before + written + after);
        }

        WriteMpHeader(destination[WireLimits.UpdateMinimumLength..], AttributeType.MpUnreach, family, FamilyLength + written);
        return FinishAttributes(destination, MpHeader + FamilyLength + written, 0);
    }

    /// <summary>Announces prefixes: IPv4 in NLRI, IPv6 in MP_REACH_NLRI, which goes first (RFC 7606 §5.1).</summary>
    /// <returns>The length of the message.</returns>
    public static int WriteAnnouncements(
        Span<byte> destination, BgpFamily family, EncodedAttributes attributes, ReadOnlySpan<IpPrefix> prefixes, in WireContext context, out int taken)
    {
        CheckPrefixes(family, prefixes);
        if (!attributes.CanCarry(family))
        {
            throw new ArgumentException($"The next hop is of another family than {family}.", nameof(attributes));
        }

        taken = 0;
        destination = destination[..Math.Min(destination.Length, context.MaximumMessageLength)];
        var isV4 = family == BgpFamily.Ipv4Unicast;
        var block = attributes.Block;
        var nextHop = attributes.NextHop;
        var reachBeforeNlri = MpHeader + FamilyLength + 1 + nextHop.Length + 1;
        var before = WireLimits.UpdateMinimumLength + (isV4 ? block.Length : reachBeforeNlri);
        var after = isV4 ? 0 : block.Length;
        if (attributes.IsTooLong || destination.Length < before + after)
        {
            return 0;
        }

        var written = NlriField.Write(destination[before..^after], prefixes, out taken);
        if (taken == 0)
        {
            return 0;
        }

        var area = destination[WireLimits.UpdateMinimumLength..];
        if (isV4)
        {
            block.CopyTo(area);
            return FinishAttributes(destination, block.Length, written);
        }

        WriteMpHeader(area, AttributeType.MpReach, family, reachBeforeNlri - MpHeader + written);
        area[MpHeader + FamilyLength] = (byte)nextHop.Length;
        nextHop.CopyTo(area[(MpHeader + FamilyLength + 1)..]);
        area[reachBeforeNlri - 1] = 0;
        block.CopyTo(area[(reachBeforeNlri + written)..]);
        return FinishAttributes(destination, reachBeforeNlri + written + block.Length, 0);
    }

    /// <summary>The End-of-RIB marker of a family (RFC 4724 §2).</summary>
    /// <returns>The length of the message.</returns>
    public static int WriteEndOfRib(Span<byte> destination, BgpFamily family)
    {
        if (family == BgpFamily.Ipv4Unicast)
        {
            return FinishAttributes(destination, 0, 0);
        }

        // The narrow attribute header, the one form every receiver has seen.
        var attribute = destination[WireLimits.UpdateMinimumLength..];
        attribute[0] = AttributeFlags.Optional;
        attribute[1] = AttributeType.MpUnreach;
        attribute[2] = FamilyLength;
        WriteFamily(attribute[3..], family);
        return FinishAttributes(destination, 3 + FamilyLength, 0);
    }

    private static void WriteMpHeader(Span<byte> attribute, byte type, BgpFamily family, int valueLength)
    {
        attribute[0] = AttributeFlags.Optional | AttributeFlags.ExtendedLength;
        attribute[1] = type;
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)valueLength);
        WriteFamily(attribute[MpHeader..], family);
    }

    private static void WriteFamily(Span<byte> octets, BgpFamily family)
    {
        BinaryPrimitives.WriteUInt16BigEndian(octets, family.Afi);
        octets[2] = family.Safi;
    }

    // No withdrawn routes, then the length of the attributes; what follows them is NLRI.
    private static int FinishAttributes(Span<byte> destination, int attributesLength, int nlriLength)
    {
        var body = destination[WireLimits.HeaderLength..];
        BinaryPrimitives.WriteUInt16BigEndian(body, 0);
        BinaryPrimitives.WriteUInt16BigEndian(body[LengthField..], (ushort)attributesLength);
        return Finish(destination, WireLimits.UpdateMinimumLength + attributesLength + nlriLength);
    }

    private static int Finish(Span<byte> destination, int length)
    {
        FrameWriter.WriteHeader(destination, MessageType.Update, length);
        return length;
    }

    private static void CheckPrefixes(BgpFamily family, ReadOnlySpan<IpPrefix> prefixes)
    {
        // Without a prefix a withdrawal would be an End-of-RIB.
        if (prefixes.IsEmpty)
        {
            throw new ArgumentException("An UPDATE needs a prefix.", nameof(prefixes));
        }

        Debug.Assert(!prefixes.ContainsAnyExceptFamily(family), "Prefixes of another family than the message's.");
    }

    private static bool ContainsAnyExceptFamily(this ReadOnlySpan<IpPrefix> prefixes, BgpFamily family)
    {
        foreach (ref readonly var prefix in prefixes)
        {
            if (prefix.Family != family)
            {
                return true;
            }
        }

        return false;
    }
}
