namespace BgpSharp.Mrt;

/// <summary>The type field of an MRT record (RFC 6396 §4, appendix B).</summary>
public enum MrtType : ushort
{
    /// <summary>BGP messages as recorders wrote them before RFC 6396; deprecated by it.</summary>
    LegacyBgp = 5,

    /// <summary>OSPFv2 messages.</summary>
    Ospfv2 = 11,

    /// <summary>One route of a table, the older form (RFC 6396 §4.2).</summary>
    TableDump = 12,

    /// <summary>A table: the peers once, then one record a prefix (RFC 6396 §4.3).</summary>
    TableDumpV2 = 13,

    /// <summary>BGP messages and state changes (RFC 6396 §4.4).</summary>
    Bgp4Mp = 16,

    /// <summary>As <see cref="Bgp4Mp"/>, with microseconds.</summary>
    Bgp4MpEt = 17,

    /// <summary>IS-IS messages.</summary>
    Isis = 32,

    /// <summary>IS-IS messages, with microseconds.</summary>
    IsisEt = 33,

    /// <summary>OSPFv3 messages.</summary>
    Ospfv3 = 48,

    /// <summary>OSPFv3 messages, with microseconds.</summary>
    Ospfv3Et = 49,
}
