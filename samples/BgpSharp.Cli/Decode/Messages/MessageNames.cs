using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Messages;

/// <summary>Message types and states as they are written in the output.</summary>
internal static class MessageNames
{
    private const int TypeAt = 18;

    /// <summary>The type in a message's header, as in <c>route-refresh</c>.</summary>
    public static string TypeOf(ReadOnlySpan<byte> message) => message.Length <= TypeAt ? "message" : (MessageType)message[TypeAt] switch
    {
        MessageType.Open => "open",
        MessageType.Update => "update",
        MessageType.Notification => "notification",
        MessageType.Keepalive => "keepalive",
        MessageType.RouteRefresh => "route-refresh",
        var other => $"message-type-{(byte)other}",
    };

    /// <summary>A session's state, as in <c>OpenSent</c>.</summary>
    public static string StateOf(MrtFsmState state) => Enum.IsDefined(state) ? $"{state}" : $"state {(ushort)state}";
}
