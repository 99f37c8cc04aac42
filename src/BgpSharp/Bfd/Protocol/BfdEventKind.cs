namespace BgpSharp.Bfd;

/// <summary>What happens to a session.</summary>
internal enum BfdEventKind
{
    /// <summary>Time passed: something may be due. Other configuration is put in force as well.</summary>
    Timer,

    /// <summary>A packet for this session arrived.</summary>
    Packet,
}
