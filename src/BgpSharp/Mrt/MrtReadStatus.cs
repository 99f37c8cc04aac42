namespace BgpSharp.Mrt;

/// <summary>What was found at the start of a buffer.</summary>
public enum MrtReadStatus
{
    /// <summary>A whole record.</summary>
    Record,

    /// <summary>The beginning of a record, or nothing: more octets are needed.</summary>
    NeedMore,

    /// <summary>No record: its length is beyond all bounds.</summary>
    Corrupt,
}
