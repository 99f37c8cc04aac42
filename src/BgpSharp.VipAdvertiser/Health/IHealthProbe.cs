using System.Net;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>One way to find out whether the service behind the VIP works. One check at a time.</summary>
internal interface IHealthProbe : IDisposable
{
    /// <summary>The address that answered last; null when none did.</summary>
    IPEndPoint? Answered { get; }

    /// <summary>Checks once, within its own time limit.</summary>
    /// <param name="fresh">On a new connection: one that is open already says nothing of whether another can be made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled; it is not thrown for the time limit.</exception>
    Task<ProbeResult> ProbeAsync(bool fresh, CancellationToken cancellationToken);
}
