using System.Net;
using BgpSharp.Wire;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Sessions;

internal sealed partial class PeerDriver
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Peer {Peer}: established: {Session}")]
    private partial void LogEstablished(IPAddress peer, BgpSession session);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "Peer {Peer}: session ended: {Reason}")]
    private partial void LogDown(IPAddress peer, BgpDownReason reason);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "Peer {Peer} port {Port}: not established, trying again: {Reason}")]
    private partial void LogAttemptFailed(IPAddress peer, int port, string reason);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "Peer {Peer}: sending NOTIFICATION: {Notification}")]
    private partial void LogNotificationSent(IPAddress peer, BgpNotification notification);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Warning, Message = "Peer {Peer}: received NOTIFICATION: {Notification}")]
    private partial void LogNotificationReceived(IPAddress peer, BgpNotification notification);

    [LoggerMessage(EventId = 1006, Level = LogLevel.Warning, Message = "Peer {Peer}: malformed UPDATE, {Verdict}: {Problem} ({Count} malformed so far)")]
    private partial void LogUpdateRepaired(IPAddress peer, UpdateVerdict verdict, string problem, long count);

    [LoggerMessage(EventId = 1007, Level = LogLevel.Error, Message = "Peer {Peer}: the handler threw, {Consequence}")]
    private partial void LogHandlerFaulted(Exception exception, IPAddress peer, string consequence);

    [LoggerMessage(EventId = 1008, Level = LogLevel.Warning, Message = "Peer {Peer}: what was sent was not acknowledged, closing all the same: {Cause}")]
    private partial void LogNotAcknowledged(IPAddress peer, string cause);

    [LoggerMessage(EventId = 1009, Level = LogLevel.Critical, Message = "Peer {Peer}: internal error, please report it")]
    private partial void LogFault(Exception exception, IPAddress peer);

    [LoggerMessage(EventId = 1011, Level = LogLevel.Warning, Message = "Peer {Peer}: the TCP-MD5 password cannot be replaced on the connection, resetting the session: {Cause}")]
    private partial void LogKeyNotReplaced(IPAddress peer, string cause);

    [LoggerMessage(EventId = 1010, Level = LogLevel.Error, Message = "Peer {Peer}: the export rule threw; {Prefix} and others like it are not sent")]
    private partial void LogExportFaulted(Exception exception, IPAddress peer, IpPrefix prefix);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Warning, Message = "Peer {Peer}: routes of {Family} are not sent for want of a next hop: {Problem}")]
    private partial void LogNextHopMissing(IPAddress peer, BgpFamily family, string problem);

    [LoggerMessage(EventId = 1013, Level = LogLevel.Warning, Message = "Peer {Peer}: the interface of {Local} could not be looked up")]
    private partial void LogInterfaceUnknown(Exception exception, IPAddress peer, IPAddress local);

    [LoggerMessage(EventId = 1022, Level = LogLevel.Warning, Message = "Peer {Peer}: an UPDATE of {Family} cannot be read; the family is ignored until the session ends")]
    private partial void LogFamilyDisabled(IPAddress peer, BgpFamily family);

    [LoggerMessage(EventId = 1023, Level = LogLevel.Warning, Message = "Peer {Peer}: routes of {Family}, which was not agreed on, are ignored")]
    private partial void LogOtherFamilyIgnored(IPAddress peer, BgpFamily family);

    [LoggerMessage(EventId = 1029, Level = LogLevel.Warning, Message = "Peer {Peer}: {Count} lines left out, it causes too many")]
    private partial void LogLeftOut(IPAddress peer, long count);

    [LoggerMessage(EventId = 1020, Level = LogLevel.Warning, Message = "Peer {Peer}: {Count} prefixes of {Family}, the limit is {Maximum}")]
    private partial void LogPrefixLimitNear(IPAddress peer, int count, BgpFamily family, int maximum);

    [LoggerMessage(EventId = 1021, Level = LogLevel.Warning, Message = "Peer {Peer}: more prefixes of {Family} than the limit of {Maximum}, {Consequence}")]
    private partial void LogPrefixLimitExceeded(IPAddress peer, BgpFamily family, int maximum, string consequence);

    [LoggerMessage(EventId = 1024, Level = LogLevel.Information, Message = "Peer {Peer}: its routes are kept for {Seconds} s, graceful restart")]
    private partial void LogRoutesKept(IPAddress peer, int seconds);

    [LoggerMessage(EventId = 1019, Level = LogLevel.Information, Message = "Peer {Peer}: one of two connections closed: {Reason}")]
    private partial void LogCollision(IPAddress peer, string reason);
}
