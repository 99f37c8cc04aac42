using System.Net;
using BgpSharp.Bfd;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Sessions;

internal sealed partial class PeerDriver
{
    [LoggerMessage(EventId = 1511, Level = LogLevel.Warning, Message = "Peer {Peer}: no BFD, its BGP session {Consequence}: {Cause}")]
    private partial void LogBfdUnavailable(IPAddress peer, string consequence, string cause);

    [LoggerMessage(EventId = 1514, Level = LogLevel.Information, Message = "Peer {Peer}: its BGP session waits for BFD to come up, since both sides are strict")]
    private partial void LogBfdAwaited(IPAddress peer);

    [LoggerMessage(EventId = 1512, Level = LogLevel.Warning, Message = "Peer {Peer}: BFD does not come up, its BGP session goes on without; is BFD configured for us there? BFD is {Status}")]
    private partial void LogBfdMissing(IPAddress peer, BfdSessionStatus status);

    [LoggerMessage(EventId = 1513, Level = LogLevel.Warning, Message = "Peer {Peer}: it ended BFD on purpose (AdminDown); its BGP session goes on without")]
    private partial void LogBfdAdminDown(IPAddress peer);
}
