namespace BgpSharp.Hosting;

/// <summary>Which handler each peer of a speaker has from the container.</summary>
internal sealed class PeerHandlers
{
    private readonly Dictionary<string, Func<IServiceProvider, BgpPeerHandler>> _byPeer = new(StringComparer.OrdinalIgnoreCase);
    private Func<IServiceProvider, BgpPeerHandler>? _forAll;

    /// <summary>The names of the peers that have a handler of their own.</summary>
    public IEnumerable<string> PeerNames => _byPeer.Keys;

    /// <summary>Adds the handler of a peer, or without a name that of all others.</summary>
    public void Add(string? peer, Func<IServiceProvider, BgpPeerHandler> get)
    {
        if (peer is null ? _forAll is not null : _byPeer.ContainsKey(peer))
        {
            throw new InvalidOperationException($"There is a handler for {(peer is null ? "every peer" : $"the peer {peer}")} already; allowed: one.");
        }

        if (peer is null)
        {
            _forAll = get;
        }
        else
        {
            _byPeer.Add(peer, get);
        }
    }

    /// <summary>The options with the peer's handler in them; a peer that was accepted has no name.</summary>
    public BgpPeerOptions Apply(string? peer, BgpPeerOptions options, IServiceProvider services)
    {
        var get = peer is not null && _byPeer.TryGetValue(peer, out var own) ? own
            : options.Handler is null ? _forAll
            : null;
        return get is null ? options : new BgpPeerOptions(options) { Handler = get(services) };
    }
}
