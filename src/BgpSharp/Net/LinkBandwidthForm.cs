namespace BgpSharp;

/// <summary>How a link bandwidth community says how many octets a second there are.</summary>
public enum LinkBandwidthForm
{
    /// <summary>An IEEE 754 number of 32 bits, as the specification has it.</summary>
    Ieee754,

    /// <summary>An unsigned integer, as older versions of FRR send it. The octets do not tell which of the two it is.</summary>
    UnsignedInteger,
}
