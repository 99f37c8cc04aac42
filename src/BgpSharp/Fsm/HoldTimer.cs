namespace BgpSharp.Fsm;

/// <summary>The hold timer (RFC 4271 §4.4, §6.5) once it has the negotiated time.</summary>
internal static class HoldTimer
{
    /// <summary>Counts the hold time from when the message arrived; the deadline never moves back.</summary>
    public static ConnectionState Restarted(ConnectionState connection, in FsmEvent input)
    {
        if (connection.HoldDeadline is not { } deadline || connection.Negotiated is not { } negotiated)
        {
            return connection;
        }

        var arrived = input.At < input.Now ? input.At : input.Now;
        var next = arrived + negotiated.HoldTime;
        return next > deadline ? connection with { HoldDeadline = next } : connection;
    }
}
