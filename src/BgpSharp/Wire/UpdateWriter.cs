using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>
/// Writes UPDATEs (RFC 4271 §4.3, RFC 4760), header included, for IPv4 and IPv6 unicast. Each call writes one message, with
/// as many of the prefixes as fit, and says how many that were; where not even one fits, it returns 0. Allocates nothing.
/// What lies in the destination behind the message may be overwritten.
/// </summary>
public static partial class UpdateWriter
{
    private const int LengthField = 2;
    private const int FamilyLength = 3;

    // Flags, type and a two-octet length: written wide, as the value's length is known only afterwards.
    private const int MpHeader = 4;

    /// <summary>Withdraws prefixes: IPv4 in the withdrawn routes, IPv6 in MP_UNREACH_NLRI.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="family">IPv4 or IPv6 unicast.</param>
    /// <param name="prefixes">The prefixes, at least one, all of the family.</param>
    /// <param name="context">What the session agreed on.</param>
    /// <param name="taken">How many of the prefixes are in the message.</param>
    /// <returns>The length of the message; 0 where not even one prefix fits.</returns>
    /// <exception cref="ArgumentException">There is no prefix, one of another family, or the session has path identifiers.</exception>
    public static int WriteWithdrawals(
        Span<byte> destination, BgpFamily family, ReadOnlySpan<IpPrefix> prefixes, in WireContext context, out int taken) =>
        Withdraw(destination, family, new PrefixSource(prefixes), context, out taken);

    /// <summary>Withdraws paths; as for prefixes, with path identifiers where the session has them (RFC 7911).</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="family">IPv4 or IPv6 unicast.</param>
    /// <param name="paths">The paths, at least one, all of the family.</param>
    /// <param name="context">What the session agreed on.</param>
    /// <param name="taken">How many of the paths are in the message.</param>
    /// <returns>The length of the message; 0 where not even one path fits.</returns>
    /// <exception cref="ArgumentException">There is no path, one of another family, or one with or without a path identifier where the session wants the other.</exception>
    public static int WriteWithdrawals(
        Span<byte> destination, BgpFamily family, ReadOnlySpan<BgpPath> paths, in WireContext context, out int taken) =>
        Withdraw(destination, family, new PathSource(paths), context, out taken);

    /// <summary>
    /// Announces prefixes: IPv4 in NLRI when the next hop is IPv4, else in MP_REACH_NLRI (RFC 8950), which goes first
    /// (RFC 7606 §5.1). The attributes are sent as they are: the own AS already prepended, LOCAL_PREF and what else is for
    /// internal peers only set or left out as the session asks.
    /// </summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="family">IPv4 or IPv6 unicast.</param>
    /// <param name="attributes">The attributes, with a next hop.</param>
    /// <param name="prefixes">The prefixes, at least one, all of the family.</param>
    /// <param name="context">What the session agreed on.</param>
    /// <param name="taken">How many of the prefixes are in the message.</param>
    /// <returns>The length of the message; 0 where not even one prefix fits.</returns>
    /// <exception cref="ArgumentException">There is no prefix, one of another family, no next hop for the family, or the session has path identifiers.</exception>
    public static int WriteAnnouncements(
        Span<byte> destination, BgpFamily family, BgpRouteAttributes attributes, ReadOnlySpan<IpPrefix> prefixes, in WireContext context, out int taken) =>
        Announce(destination, family, attributes, new PrefixSource(prefixes), context, out taken);

    /// <summary>Announces paths; as for prefixes, with path identifiers where the session has them (RFC 7911).</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="family">IPv4 or IPv6 unicast.</param>
    /// <param name="attributes">The attributes, with a next hop.</param>
    /// <param name="paths">The paths, at least one, all of the family.</param>
    /// <param name="context">What the session agreed on.</param>
    /// <param name="taken">How many of the paths are in the message.</param>
    /// <returns>The length of the message; 0 where not even one path fits.</returns>
    /// <exception cref="ArgumentException">There is no path, one of another family, no next hop for the family, or a path with or without a path identifier where the session wants the other.</exception>
    public static int WriteAnnouncements(
        Span<byte> destination, BgpFamily family, BgpRouteAttributes attributes, ReadOnlySpan<BgpPath> paths, in WireContext context, out int taken) =>
        Announce(destination, family, attributes, new PathSource(paths), context, out taken);

    /// <summary>The End-of-RIB marker of a family (RFC 4724 §2).</summary>
    /// <param name="destination">Where to write, at least 30 octets.</param>
    /// <param name="family">Any family.</param>
    /// <returns>The length of the message.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int WriteEndOfRib(Span<byte> destination, BgpFamily family)
    {
        const int narrowMpHeader = 3;
        if (destination.Length < WireLimits.UpdateMinimumLength + narrowMpHeader + FamilyLength)
        {
            throw new ArgumentException("An End-of-RIB marker takes up to 29 octets.", nameof(destination));
        }

        if (family == BgpFamily.Ipv4Unicast)
        {
            return FinishAttributes(destination, 0, 0);
        }

        // The narrow attribute header, the one form every receiver has seen.
        var attribute = destination[WireLimits.UpdateMinimumLength..];
        attribute[0] = AttributeFlags.Optional;
        attribute[1] = AttributeType.MpUnreach;
        attribute[2] = FamilyLength;
        WriteFamily(attribute[narrowMpHeader..], family);
        return FinishAttributes(destination, narrowMpHeader + FamilyLength, 0);
    }

    /// <summary>Announces prefixes with attributes that are encoded already.</summary>
    internal static int WriteAnnouncements(
        Span<byte> destination, EncodedAttributes attributes, ReadOnlySpan<IpPrefix> prefixes, in WireContext context, out int taken)
    {
        taken = 0;
        destination = Limit(destination, context);
        if (attributes.IsTooLong || destination.Length < WireLimits.UpdateMinimumLength + attributes.Block.Length)
        {
            return 0;
        }

        attributes.Block.CopyTo(destination[WireLimits.UpdateMinimumLength..]);
        return Announce(
            destination, attributes.Family, attributes.NextHop, attributes.Block.Length, new PrefixSource(prefixes), context, out taken);
    }

    private static int Withdraw<T>(Span<byte> destination, BgpFamily family, T nlri, in WireContext context, out int taken)
        where T : INlriSource, allows ref struct
    {
        Check(family, nlri);
        taken = 0;
        destination = Limit(destination, context);
        var isV4 = family == BgpFamily.Ipv4Unicast;
        var before = isV4 ? WireLimits.HeaderLength + LengthField : WireLimits.UpdateMinimumLength + MpHeader + FamilyLength;
        var after = isV4 ? LengthField : 0;
        if (destination.Length < before + after)
        {
            return 0;
        }

        var writer = new NlriWriter(destination[before..^after], family, context.HasPathIds(family));
        taken = nlri.Write(ref writer);
        var written = writer.Written;
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

    private static int Announce<T>(
        Span<byte> destination, BgpFamily family, BgpRouteAttributes attributes, T nlri, in WireContext context, out int taken)
        where T : INlriSource, allows ref struct
    {
        Check(family, nlri);
        taken = 0;
        Span<byte> nextHop = stackalloc byte[NextHopField.MaximumLength];
        nextHop = nextHop[..NextHopField.Write(nextHop, family, attributes)];
        destination = Limit(destination, context);
        if (destination.Length < WireLimits.UpdateMinimumLength
            || !AttributeWriter.TryWrite(destination[WireLimits.UpdateMinimumLength..], attributes, nextHop.IsEmpty, context, out var length))
        {
            return 0;
        }

        return Announce(destination, family, nextHop, length, nlri, context, out taken);
    }

    // The attributes are in their place for IPv4 in NLRI; with MP_REACH_NLRI they give way to it.
    private static int Announce<T>(
        Span<byte> destination, BgpFamily family, ReadOnlySpan<byte> nextHop, int blockLength, T nlri, in WireContext context, out int taken)
        where T : INlriSource, allows ref struct
    {
        var area = destination[WireLimits.UpdateMinimumLength..];
        if (nextHop.IsEmpty)
        {
            var classic = new NlriWriter(area[blockLength..], family, context.HasPathIds(family));
            taken = nlri.Write(ref classic);
            return taken == 0 ? 0 : FinishAttributes(destination, blockLength, classic.Written);
        }

        taken = 0;
        var beforeNlri = MpHeader + FamilyLength + 1 + nextHop.Length + 1;
        if (area.Length < beforeNlri + blockLength)
        {
            return 0;
        }

        area[..blockLength].CopyTo(area[^blockLength..]);
        var writer = new NlriWriter(area[beforeNlri..^blockLength], family, context.HasPathIds(family));
        taken = nlri.Write(ref writer);
        if (taken == 0)
        {
            return 0;
        }

        var reachLength = beforeNlri + writer.Written;
        WriteMpHeader(area, AttributeType.MpReach, family, reachLength - MpHeader);
        area[MpHeader + FamilyLength] = (byte)nextHop.Length;
        nextHop.CopyTo(area[(MpHeader + FamilyLength + 1)..]);
        area[beforeNlri - 1] = 0;
        area[^blockLength..].CopyTo(area[reachLength..]);
        return FinishAttributes(destination, reachLength + blockLength, 0);
    }

    private static Span<byte> Limit(Span<byte> destination, scoped in WireContext context) =>
        destination[..Math.Min(destination.Length, Math.Clamp(context.MaximumMessageLength, 0, ushort.MaxValue))];

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

    private static void Check<T>(BgpFamily family, T nlri)
        where T : INlriSource, allows ref struct
    {
        if (family != BgpFamily.Ipv4Unicast && family != BgpFamily.Ipv6Unicast)
        {
            throw new ArgumentException($"Prefixes of {family} are not written here.", nameof(family));
        }

        // Without a prefix a withdrawal would be an End-of-RIB.
        if (nlri.IsEmpty)
        {
            throw new ArgumentException("An UPDATE needs a prefix.", nameof(nlri));
        }
    }
}
