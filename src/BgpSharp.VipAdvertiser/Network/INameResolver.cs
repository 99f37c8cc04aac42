using System.Net;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>DNS.</summary>
internal interface INameResolver
{
    /// <summary>The name's addresses in the order given, at least one, each once.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">It cannot be resolved now.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken);
}
