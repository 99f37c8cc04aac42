namespace BgpSharp.VipAdvertiser.Otlp;

/// <summary>What a collector made of a request.</summary>
internal enum OtlpVerdict
{
    /// <summary>It has the data, or as much of it as it will ever take.</summary>
    Accepted,

    /// <summary>It will never take them: they must not be sent again.</summary>
    Refused,

    /// <summary>It may take them later.</summary>
    Later,
}
