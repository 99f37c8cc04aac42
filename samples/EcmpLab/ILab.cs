using System.Net;

namespace EcmpLab;

/// <summary>A router and its masters, which are numbered from 1.</summary>
internal interface ILab : IAsyncDisposable
{
    /// <summary>The router and the masters in one line each.</summary>
    string Description { get; }

    /// <summary>The next hop that the router has when this master announces the VIP.</summary>
    IPAddress AddressOf(int master);

    /// <summary>Starts a master; its session comes up later.</summary>
    Task StartMasterAsync(int master);

    /// <summary>Makes a master fail, and says how.</summary>
    Task FailMasterAsync(int master);

    /// <summary>Waits until the router's next hops for the VIP are the wanted ones.</summary>
    /// <returns>The next hops; other than the wanted ones when the time is over.</returns>
    Task<IReadOnlyCollection<IPAddress>> WaitForNextHopsAsync(IReadOnlyCollection<IPAddress> wanted, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>The router's sessions and its route to the VIP, as an operator sees them.</summary>
    Task<string> ShowAsync();
}
