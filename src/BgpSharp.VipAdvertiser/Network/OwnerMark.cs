using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>
/// What says in the kernel's own table which host put an address there, so that a run after a SIGKILL knows:
/// a metric nobody else would choose. It has no effect: a /32 brings no route along, and the /128's only leads to lo or
/// to its own link. Linux keeps it for both families since 4.18, the oldest kernel .NET runs on, and changes it on an
/// address that exists; IFA_PROTO came with 5.18, and a label is IPv4's alone and stays as it was added.
/// <c>ip addr</c> shows it: "metric 179179179".
/// </summary>
internal readonly record struct OwnerMark(uint Metric)
{
    private const uint First = 179_000_000, Count = 1_000_000;

    /// <summary>That of the host with the default name.</summary>
    public static OwnerMark Default { get; } = new(179_179_179);

    /// <summary>
    /// That of a host by the name of its control socket. Two hosts in one network namespace have two names, and neither takes
    /// what the other put there for its own.
    /// </summary>
    public static OwnerMark Of(string name)
    {
        if (name == ControlAddress.DefaultName)
        {
            return Default;
        }

        var hash = name.Aggregate(2_166_136_261, static (hash, c) => unchecked((hash ^ c) * 16_777_619)); // FNV-1a: the same in every run.
        var mark = new OwnerMark(First + (hash % Count));
        return mark == Default ? new OwnerMark(First) : mark;
    }

    /// <summary>The length is asked too: this program never adds another.</summary>
    public bool IsOn(InterfaceAddress address) => address.Metric == Metric && address.IsHost;
}
