using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BgpSharp.Hosting;

/// <summary>Adds to a speaker that was registered with <c>AddBgpSpeaker</c>.</summary>
public sealed class BgpSpeakerBuilder
{
    private readonly PeerHandlers _handlers;

    internal BgpSpeakerBuilder(IServiceCollection services, string name, PeerHandlers handlers)
    {
        Services = services;
        Name = name;
        _handlers = handlers;
    }

    /// <summary>The services that the speaker is one of.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The speaker's name, which is its key; empty for the one without a name.</summary>
    public string Name { get; }

    /// <summary>Changes the speaker's options after its configuration section, and whatever was given before, has filled them.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <returns>This builder.</returns>
    public BgpSpeakerBuilder Configure(Action<BgpHostedSpeakerOptions> configure)
    {
        Services.Configure(Name, configure);
        return this;
    }

    /// <summary>
    /// Has a handler told of every peer's sessions and UPDATEs, but of peers that have one of their own. It is taken from the
    /// container once for each peer: a singleton, unless it was registered before as something else, which hears of several
    /// peers at the same time.
    /// </summary>
    /// <typeparam name="THandler">The handler; the container makes it when the host starts.</typeparam>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">There is a handler for every peer already.</exception>
    public BgpSpeakerBuilder AddHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : BgpPeerHandler => Add<THandler>(null);

    /// <summary>Has a handler told of one peer's sessions and UPDATEs, see <see cref="AddHandler{THandler}()"/>.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="peer">The peer's name, see <see cref="BgpHostedSpeakerOptions.Peers"/>.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">There is a handler for this peer already.</exception>
    public BgpSpeakerBuilder AddHandler<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(string peer)
        where THandler : BgpPeerHandler
    {
        ArgumentException.ThrowIfNullOrEmpty(peer);
        return Add<THandler>(peer);
    }

    /// <summary>
    /// Adds a health check: healthy with enough sessions established, degraded with some, unhealthy with none. Its data has
    /// the state of each peer, by address.
    /// </summary>
    /// <param name="minimumEstablished">How many sessions are enough, at least 1; null: one for every peer.</param>
    /// <param name="checkName">The check's name; null: <c>bgp</c>, and for a speaker with a name <c>bgp-</c> and that.</param>
    /// <param name="tags">The check's tags.</param>
    /// <returns>This builder.</returns>
    public BgpSpeakerBuilder AddHealthCheck(int? minimumEstablished = null, string? checkName = null, IEnumerable<string>? tags = null)
    {
        if (minimumEstablished is { } minimum)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(minimum, 1, nameof(minimumEstablished));
        }

        Services.AddHealthChecks().Add(new HealthCheckRegistration(
            checkName ?? (Name.Length == 0 ? "bgp" : $"bgp-{Name}"),
            services => new SpeakerHealthCheck(HostedSpeaker.Find(services, Name), minimumEstablished),
            failureStatus: null,
            tags));
        return this;
    }

    private BgpSpeakerBuilder Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(string? peer)
        where THandler : BgpPeerHandler
    {
        _handlers.Add(peer, services => services.GetRequiredService<THandler>());
        Services.TryAddSingleton<THandler>();
        return this;
    }
}
