namespace BgpSharp.VipAdvertiser.Health;

/// <summary>How a check ended.</summary>
internal enum ProbeOutcome
{
    Success,

    /// <summary>Nobody listens there: the kernel refused the connection.</summary>
    Refused,

    /// <summary>Somebody answered with a certificate that is not trusted. It works perhaps, for those who trust it.</summary>
    Distrusted,

    /// <summary>Any other failure.</summary>
    Failed,
}
