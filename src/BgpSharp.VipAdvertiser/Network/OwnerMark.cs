namespace BgpSharp.VipAdvertiser.Network;

/// <summary>
/// What says in the kernel's own table that this program put an address there, so that a run after a SIGKILL knows:
/// a metric nobody else would choose. It has no effect: a /32 brings no route along, and the /128's only leads to lo or
/// to its own link. Linux keeps it for both families since 4.18, the oldest kernel .NET runs on, and changes it on an
/// address that exists; IFA_PROTO came with 5.18, and a label is IPv4's alone and stays as it was added.
/// <c>ip addr</c> shows it: "metric 179179179".
/// </summary>
internal static class OwnerMark
{
    public const uint Metric = 179_179_179;

    /// <summary>The length is asked too: this program never adds another.</summary>
    public static bool IsOn(InterfaceAddress address) => address is { Metric: Metric, IsHost: true };
}
