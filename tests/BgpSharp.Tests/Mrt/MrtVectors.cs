using BgpSharp.Tests.Wire;

namespace BgpSharp.Tests.Mrt;

/// <summary>MRT records made by hand from RFC 6396 and RFC 8050, field by field.</summary>
internal static class MrtVectors
{
    public const string Time = "65000000";
    public const string Ipv4Peer = "C6336401";
    public const string Ipv4Local = "C6336402";
    public const string Ipv6Peer = "20010DB8000000000000000000000001";
    public const string Ipv6Local = "20010DB8000000000000000000000002";

    // ORIGIN IGP, AS_PATH of one AS number, NEXT_HOP 198.51.100.9.
    public const string TwoOctetAttributes = "40010100 40020402 01FDE9 400304C6336409";
    public const string FourOctetAttributes = "40010100 4002060201 0000FDE9 400304C6336409";
    public const string Prefix = "18CB0071";
    public const string Ipv6Prefix = "2020010DB8";

    // What RIB entries have of MP_REACH_NLRI: the next hop and its length.
    public const string ShortReach = "800E11 10" + Ipv6Peer;
    public const string FullReach = "800E15 00020110" + Ipv6Peer + "00";

    /// <summary>Every kind of record that a view reads, by name.</summary>
    public static readonly NamedOctets All = new()
    {
        ["TABLE_DUMP/IPv4"] = Record(12, 1, "0000 0001 CB007100 18 01 64000000" + Ipv4Peer + "FDE9" + Field(TwoOctetAttributes)),
        ["TABLE_DUMP/IPv6"] = Record(12, 2, "0000 0001 20010DB8000000000000000000000000 20 01 64000000" + Ipv6Peer + "FDE9" + Field(TwoOctetAttributes)),
        ["TABLE_DUMP/IPv4, four-octet"] = Record(12, 3, "0000 0001 CB007100 18 01 64000000" + Ipv4Peer + "00011170" + Field(FourOctetAttributes)),
        ["TABLE_DUMP/IPv6, four-octet"] = Record(12, 4, "0000 0001 20010DB8000000000000000000000000 20 01 64000000" + Ipv6Peer + "00011170" + Field(FourOctetAttributes)),
        ["PEER_INDEX_TABLE"] = PeerIndexTable,
        ["RIB_IPV4_UNICAST"] = RibRecord(2, Prefix),
        ["RIB_IPV4_MULTICAST"] = RibRecord(3, Prefix),
        ["RIB_IPV6_UNICAST"] = RibRecord(4, Ipv6Prefix),
        ["RIB_IPV6_MULTICAST"] = RibRecord(5, Ipv6Prefix),
        ["RIB_GENERIC"] = RibRecord(6, "000180" + "70 000011 00000001 00000002 CB0071"),
        ["RIB_GENERIC, EVPN"] = RibRecord(6, "001946" + "03 04 01020304"),
        ["RIB_GENERIC, BGP-LS"] = RibRecord(6, "400447" + "0001 0003 010203"),
        ["RIB_GENERIC, flow specification"] = RibRecord(6, "000185" + "03 038106"),
        ["RIB_GENERIC, VPLS"] = RibRecord(6, "001941" + "0003 010203"),
        ["RIB_GENERIC, SR policy"] = RibRecord(6, "000149" + "60 00000001 00000002 C6336409"),
        ["RIB_IPV4_UNICAST_ADDPATH"] = RibRecord(8, Prefix, "00000007"),
        ["RIB_IPV4_MULTICAST_ADDPATH"] = RibRecord(9, Prefix, "00000007"),
        ["RIB_IPV6_UNICAST_ADDPATH"] = RibRecord(10, Ipv6Prefix, "00000007"),
        ["RIB_IPV6_MULTICAST_ADDPATH"] = RibRecord(11, Ipv6Prefix, "00000007"),
        ["RIB_GENERIC_ADDPATH"] = RibRecord(12, "000101" + "00000007" + Prefix),
        ["STATE_CHANGE"] = Record(16, 0, "FDE9 FDEA 0000 0001" + Ipv4Peer + Ipv4Local + "0005 0006"),
        ["STATE_CHANGE_AS4"] = Record(16, 5, "00011170 0000FDEA 0000 0002" + Ipv6Peer + Ipv6Local + "0006 0001"),
        ["MESSAGE"] = Record(16, 1, "FDE9 FDEA 0000 0001" + Ipv4Peer + Ipv4Local + Update(TwoOctetAttributes, Prefix)),
        ["MESSAGE_AS4"] = Record(16, 4, "00011170 0000FDEA 0003 0002" + Ipv6Peer + Ipv6Local + Update(FourOctetAttributes, Prefix)),
        ["MESSAGE_LOCAL"] = Record(16, 6, "FDE9 FDEA 0000 0001" + Ipv4Peer + Ipv4Local + Update(TwoOctetAttributes, Prefix)),
        ["MESSAGE_AS4_LOCAL"] = Record(16, 7, "00011170 0000FDEA 0000 0001" + Ipv4Peer + Ipv4Local + Update(FourOctetAttributes, Prefix)),
        ["MESSAGE_ADDPATH"] = Record(16, 8, "FDE9 FDEA 0000 0001" + Ipv4Peer + Ipv4Local + Update(TwoOctetAttributes, "00000007" + Prefix)),
        ["MESSAGE_AS4_ADDPATH"] = Record(16, 9, "00011170 0000FDEA 0000 0001" + Ipv4Peer + Ipv4Local + Update(FourOctetAttributes, "00000007" + Prefix)),
        ["MESSAGE_LOCAL_ADDPATH"] = Record(16, 10, "FDE9 FDEA 0000 0001" + Ipv4Peer + Ipv4Local + Update(TwoOctetAttributes, "00000007" + Prefix)),
        ["MESSAGE_AS4_LOCAL_ADDPATH"] = Record(16, 11, "00011170 0000FDEA 0000 0001" + Ipv4Peer + Ipv4Local + Update(FourOctetAttributes, "00000007" + Prefix)),
        ["BGP4MP_ET/MESSAGE_AS4"] = Record(17, 4, "0001E240 00011170 0000FDEA 0000 0001" + Ipv4Peer + Ipv4Local + Update(FourOctetAttributes, Prefix)),
        ["BGP4MP_ET/STATE_CHANGE_AS4"] = Record(17, 5, "0001E240 00011170 0000FDEA 0000 0001" + Ipv4Peer + Ipv4Local + "0006 0001"),
        ["BGP/UPDATE"] = Record(5, 1, "FDE9" + Ipv4Peer + "FDEA" + Ipv4Local + "0000" + Field(TwoOctetAttributes) + Prefix),
        ["BGP/STATE_CHANGE"] = Record(5, 3, "FDE9" + Ipv4Peer + "0005 0006"),
        ["BGP/OPEN"] = Record(5, 5, "FDE9" + Ipv4Peer + "FDEA" + Ipv4Local + "04 FDE9 00B4 01010101 00"),
        ["BGP/NOTIFICATION"] = Record(5, 6, "FDE9" + Ipv4Peer + "FDEA" + Ipv4Local + "0602"),
        ["BGP/KEEPALIVE"] = Record(5, 7, "FDE9" + Ipv4Peer + "FDEA" + Ipv4Local),
    };

    /// <summary>Records that no view reads: obsolete subtypes, other protocols, unknown types.</summary>
    public static readonly NamedOctets Others = new()
    {
        ["BGP4MP_ENTRY"] = Record(16, 2, "0000 0000 0001"),
        ["BGP4MP_SNAPSHOT"] = Record(16, 3, "0000 0001 00"),
        ["BGP4MP/12"] = Record(16, 12, "00"),
        ["GEO_PEER_TABLE"] = Record(13, 7, "01010101 0000 00000000 00000000 0000"),
        ["TABLE_DUMP_V2/13"] = Record(13, 13, ""),
        ["TABLE_DUMP/5"] = Record(12, 5, "00"),
        ["BGP/SYNC"] = Record(5, 4, "0001 00"),
        ["OSPFv2"] = Record(11, 0, "C6336401 C6336402"),
        ["ISIS_ET"] = Record(33, 0, "00000001 83"),
        ["unknown"] = Record(4711, 42, "DEADBEEF"),
    };

    public static byte[] PeerIndexTable => Record(13, 1,
        "01010101 0004 76696577 0002" +
        "02 0A000001" + Ipv4Peer + "00011170" +
        "01 0A000002" + Ipv6Peer + "FDE9");

    public static byte[] Record(int type, int subtype, string body)
    {
        var octets = Hex.Bytes(body);
        return [.. Hex.Bytes(Time + type.ToString("X4", null) + subtype.ToString("X4", null) + octets.Length.ToString("X8", null)), .. octets];
    }

    /// <summary>A RIB record of two entries, of the peers 0 and 1; the second has MP_REACH_NLRI, in short form.</summary>
    public static byte[] RibRecord(int subtype, string nlri, string pathId = "") => Record(13, subtype,
        "0000002A" + nlri + "0002" +
        "0000 64000000" + pathId + Field(FourOctetAttributes) +
        "0001 64000001" + pathId + Field(ShortReach));

    public static string Field(string octets) => Hex.Bytes(octets).Length.ToString("X4", null) + octets;

    private static string Update(string attributes, string nlri) =>
        Convert.ToHexString(Hex.Message(2, Hex.Bytes("0000" + Field(attributes) + nlri)));
}
