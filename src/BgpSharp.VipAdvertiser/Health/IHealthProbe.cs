namespace BgpSharp.VipAdvertiser.Health;

/// <summary>One way to find out whether the service behind the VIP works.</summary>
internal interface IHealthProbe
{
    /// <summary>Checks once, within its own time limit. Null for success, otherwise what went wrong in an operator's words.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it is not thrown for the time limit.</exception>
    Task<string?> ProbeAsync(CancellationToken cancellationToken);
}
