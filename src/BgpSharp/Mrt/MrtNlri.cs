using System.Buffers.Binary;

namespace BgpSharp.Mrt;

/// <summary>Where one NLRI of a RIB record ends, which its family decides.</summary>
internal static class MrtNlri
{
    private enum Form
    {
        Unknown,
        LengthInBits,
        LengthInTwoOctets,
        FlowSpecLength,
        TypeAndLength,
        TypeAndLengthInTwoOctetsEach,
    }

    /// <summary>Whether the length of an NLRI can be told.</summary>
    public static bool IsDelimited(BgpFamily family) => FormOf(family) != Form.Unknown;

    public static ReadOnlySpan<byte> Read(scoped ref MrtFieldReader fields, BgpFamily family) =>
        fields.Octets(FormOf(family) switch
        {
            Form.LengthInBits => fields.Rest is [var bits, ..] ? 1 + ((bits + 7) / 8) : 1,
            Form.LengthInTwoOctets => 2 + Number(fields.Rest),
            Form.FlowSpecLength => fields.Rest is [>= 0xF0, ..] ? 2 + (Number(fields.Rest) & 0x0FFF) : fields.Rest is [var length, ..] ? 1 + length : 1,
            Form.TypeAndLength => fields.Rest is [_, var length, ..] ? 2 + length : 2,
            Form.TypeAndLengthInTwoOctetsEach => fields.Rest is [_, _, .. var rest] ? 4 + Number(rest) : 4,
            _ => 0,
        });

    private static int Number(ReadOnlySpan<byte> octets) => octets.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(octets);

    private static Form FormOf(BgpFamily family) => family switch
    {
        // Prefixes, labelled and VPN ones, SR policies (RFC 9830 §2.1), route target constraints (RFC 4684 §4).
        { Afi: 1 or 2, Safi: 1 or 2 or 4 or 73 or 128 or 129 or 132 } => Form.LengthInBits,

        // EVPN (RFC 7432 §7) and multicast VPN (RFC 6514 §4).
        { Afi: 25, Safi: 70 } or { Afi: 1 or 2, Safi: 5 } => Form.TypeAndLength,

        // RFC 8955 §4.1.
        { Afi: 1 or 2 or 25, Safi: 133 or 134 } => Form.FlowSpecLength,

        // VPLS (RFC 4761 §3.2.2).
        { Afi: 25, Safi: 65 } => Form.LengthInTwoOctets,

        // BGP-LS (RFC 9552 §5.2).
        { Afi: 16388, Safi: 71 or 72 } => Form.TypeAndLengthInTwoOctetsEach,
        _ => Form.Unknown,
    };
}
