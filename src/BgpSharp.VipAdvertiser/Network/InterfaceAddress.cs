using System.Net;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>One address of one interface, as rtnetlink carries it.</summary>
internal sealed record InterfaceAddress
{
    public required int InterfaceIndex { get; init; }
    public required IPAddress Address { get; init; }
    public required byte PrefixLength { get; init; }
    public AddressScope Scope { get; init; }

    /// <summary>Preferred lifetime zero: usable, but never chosen as the source of a new connection.</summary>
    public bool Deprecated { get; init; }

    /// <summary>IFA_PROTO: who put the address there; 0 when unsaid or when the kernel is older than 5.18.</summary>
    public byte Protocol { get; init; }
}
