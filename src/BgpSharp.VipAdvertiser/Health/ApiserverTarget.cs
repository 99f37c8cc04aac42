using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Http;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// The apiserver of this node: the address that listened last, else 127.0.0.1, ::1, then the node's own addresses. Never
/// a VIP: that would find another node's apiserver healthy, or keep this one's from ever being announced.
/// </summary>
internal sealed class ApiserverTarget(int port, INodeAddresses node, Func<IReadOnlyCollection<IPAddress>> vips) : IHttpTarget
{
    private static readonly IPAddress[] Loopback = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    public IPEndPoint? Answered { get; private set; }

    public string? Shown => Answered?.ToString() ?? FormattableString.Invariant($"this node:{port}");

    public bool IsStillAllowed => Answered is not { } answered || !vips().Contains(answered.Address);

    public async Task<Socket> ConnectAsync(DnsEndPoint asked, CancellationToken cancellationToken)
    {
        var last = Answered?.Address;
        Answered = null;
        var tried = new List<IPAddress>();
        foreach (var address in Candidates(last).Distinct())
        {
            try
            {
                var socket = await TcpConnection.OpenAsync(new IPEndPoint(address, port), cancellationToken);
                Answered = TcpConnection.RemoteOf(socket);
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionRefused or SocketError.AddressNotAvailable
                or SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.AddressFamilyNotSupported)
            {
                // The last four: this node has no such address, without IPv6 for example.
                tried.Add(address);
            }
        }

        throw new NobodyListensException(port, tried);
    }

    /// <summary>The kernel is asked for the node's addresses only when it comes to them.</summary>
    private IEnumerable<IPAddress> Candidates(IPAddress? last)
    {
        var excluded = vips();
        if (last is not null && !excluded.Contains(last) && (Loopback.Contains(last) || node.NodeAddresses().Contains(last)))
        {
            yield return last;
        }

        foreach (var address in Loopback.Except(excluded))
        {
            yield return address;
        }

        foreach (var address in node.NodeAddresses().Except(excluded))
        {
            yield return address;
        }
    }
}
