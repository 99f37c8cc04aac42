using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>One address of one interface, as rtnetlink carries it.</summary>
internal sealed record InterfaceAddress
{
    public required int InterfaceIndex { get; init; }
    public required IPAddress Address { get; init; }
    public required byte PrefixLength { get; init; }
    public AddressScope Scope { get; init; }
    public AddressFlags Flags { get; init; }

    /// <summary>IFA_RT_PRIORITY: the metric of the routes that come with the address; 0 when unsaid.</summary>
    public uint Metric { get; init; }

    public bool Deprecated => (Flags & AddressFlags.Deprecated) != 0;

    /// <summary>Whether packets to it are received; IPv6 addresses are not before duplicate address detection is over.</summary>
    public bool IsUsable => (Flags & (AddressFlags.Tentative | AddressFlags.DadFailed)) == 0;

    /// <summary>/32 or /128.</summary>
    public bool IsHost => PrefixLength == HostPrefixLength(Address);

    public static byte HostPrefixLength(IPAddress address) => (byte)(address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    /// <summary>Whether it is the same address on the same interface, in whatever shape.</summary>
    public bool IsAt(InterfaceAddress other) => InterfaceIndex == other.InterfaceIndex && Address.Equals(other.Address);
}
