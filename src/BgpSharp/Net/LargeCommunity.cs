using System.Buffers.Binary;

namespace BgpSharp;

/// <summary>A large community (RFC 8092): three numbers of four octets, written <c>65000:1:2</c>.</summary>
/// <param name="GlobalAdministrator">The first number, usually an AS.</param>
/// <param name="LocalData1">The second number.</param>
/// <param name="LocalData2">The third number.</param>
public readonly record struct LargeCommunity(uint GlobalAdministrator, uint LocalData1, uint LocalData2) : IWireValue<LargeCommunity>
{
    static int IWireValue<LargeCommunity>.WireLength => 12;

    static LargeCommunity IWireValue<LargeCommunity>.ReadFrom(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadUInt32BigEndian(octets),
        BinaryPrimitives.ReadUInt32BigEndian(octets[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(octets[8..]));

    void IWireValue<LargeCommunity>.WriteTo(Span<byte> octets)
    {
        BinaryPrimitives.WriteUInt32BigEndian(octets, GlobalAdministrator);
        BinaryPrimitives.WriteUInt32BigEndian(octets[4..], LocalData1);
        BinaryPrimitives.WriteUInt32BigEndian(octets[8..], LocalData2);
    }
}
