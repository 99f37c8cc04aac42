namespace BgpSharp.Yardstick.Sessions;

/// <summary>Where the peers of the measured speaker are: in this process or in another.</summary>
internal interface IFarSide : IAsyncDisposable
{
    /// <summary>Makes that many more sessions, one after another.</summary>
    Task DialAsync(int count);

    /// <summary>Ends all of them.</summary>
    Task HangUpAsync();

    /// <summary>When each peer had the route that was announced, in ticks of the machine's monotonic clock.</summary>
    Task<long[]> NextRoundAsync();
}
