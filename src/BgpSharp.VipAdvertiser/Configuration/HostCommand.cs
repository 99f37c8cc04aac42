namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>What the program is asked to do.</summary>
internal enum HostCommand
{
    Run,

    /// <summary>Runs by kube-vip's environment.</summary>
    Manager,

    Check,
    Manifest,
}
