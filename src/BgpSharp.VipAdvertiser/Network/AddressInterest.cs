using System.Net;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>What has to be looked at again when the kernel says that it changed. On a node with pods most events are about something else.</summary>
internal sealed record AddressInterest(IReadOnlySet<IPAddress> Addresses, IReadOnlySet<string> LinkNames, IReadOnlySet<int> LinkIndexes, bool DefaultRoute)
{
    public static AddressInterest None { get; } = new(new HashSet<IPAddress>(), new HashSet<string>(), new HashSet<int>(), false);

    public bool Concerns(ReadOnlySpan<byte> datagram)
    {
        while (NetlinkMessage.TryRead(ref datagram, out NetlinkMessage message))
        {
            if (Concerns(message))
            {
                return true;
            }
        }

        // Cut short: what it said is not known.
        return !datagram.IsEmpty;
    }

    private bool Concerns(NetlinkMessage message) => message.Type switch
    {
        NetlinkMessageType.NewAddress or NetlinkMessageType.DeleteAddress =>
            AddressReply.TryRead(message, out InterfaceAddress? address) && Addresses.Contains(address.Address),
        NetlinkMessageType.NewLink or NetlinkMessageType.DeleteLink =>
            LinkReply.TryRead(message, out NetworkLink? link) && (LinkIndexes.Contains(link.Index) || LinkNames.Contains(link.Name)),
        NetlinkMessageType.NewRoute or NetlinkMessageType.DeleteRoute =>
            DefaultRoute && RouteReply.TryReadDefault(message, out _),
        _ => false,
    };
}
