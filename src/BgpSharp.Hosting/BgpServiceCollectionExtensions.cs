using BgpSharp;
using BgpSharp.Hosting;
using BgpSharp.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

// Where the host's other registrations are found.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Registers BGP speakers: a <see cref="BgpSpeaker"/> as a singleton, or keyed by its name, that starts and stops with the host.
/// <c>ILoggerFactory</c>, <c>TimeProvider</c>, <c>IMeterFactory</c> and <see cref="BgpTransport"/> are taken from the services
/// where they are there.
/// </summary>
/// <remarks>
/// The options, <see cref="BgpHostedSpeakerOptions"/>, are validated when the host starts; all problems are in one
/// <see cref="OptionsValidationException"/>. The configuration is read once: later changes of it do nothing.
/// </remarks>
public static class BgpServiceCollectionExtensions
{
    /// <summary>Registers the speaker that code describes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Fills the options.</param>
    /// <returns>A builder, to add handlers and a health check with.</returns>
    /// <exception cref="InvalidOperationException">There is a speaker already.</exception>
    public static BgpSpeakerBuilder AddBgpSpeaker(this IServiceCollection services, Action<BgpHostedSpeakerOptions> configure) =>
        services.AddSpeaker(Options.Options.DefaultName, path: "").Configure(configure);

    /// <summary>Registers the speaker that a section of the configuration describes.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section, which holds nothing else.</param>
    /// <returns>A builder, to add handlers and a health check with.</returns>
    /// <exception cref="InvalidOperationException">There is a speaker already.</exception>
    public static BgpSpeakerBuilder AddBgpSpeaker(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSpeaker(Options.Options.DefaultName, configuration);

    /// <summary>Registers a speaker that code describes under a name: <c>[FromKeyedServices(name)] BgpSpeaker</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The speaker's name.</param>
    /// <param name="configure">Fills the options.</param>
    /// <returns>A builder, to add handlers and a health check with.</returns>
    /// <exception cref="InvalidOperationException">There is a speaker of this name already.</exception>
    public static BgpSpeakerBuilder AddBgpSpeaker(this IServiceCollection services, string name, Action<BgpHostedSpeakerOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return services.AddSpeaker(name, path: name).Configure(configure);
    }

    /// <summary>Registers a speaker that a section of the configuration describes under a name: <c>[FromKeyedServices(name)] BgpSpeaker</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The speaker's name.</param>
    /// <param name="configuration">The section, which holds nothing else.</param>
    /// <returns>A builder, to add handlers and a health check with.</returns>
    /// <exception cref="InvalidOperationException">There is a speaker of this name already.</exception>
    public static BgpSpeakerBuilder AddBgpSpeaker(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return services.AddSpeaker(name, configuration);
    }

    private static BgpSpeakerBuilder AddSpeaker(this IServiceCollection services, string name, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var path = configuration is IConfigurationSection section ? section.Path : "";
        return services.AddSpeaker(name, path).Configure(options => SpeakerSection.Read(new SectionReader(configuration, path, options.Problems), options));
    }

    private static BgpSpeakerBuilder AddSpeaker(this IServiceCollection services, string name, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        var key = name.Length == 0 ? null : name;
        if (services.Any(service => service.ServiceType == typeof(BgpSpeaker) && Equals(service.ServiceKey, key)))
        {
            throw new InvalidOperationException($"There is a BGP speaker {(key is null ? "without a name" : $"named {key}")} already; allowed: one, others under names of their own.");
        }

        var handlers = new PeerHandlers();
        services.Add(key is null
            ? ServiceDescriptor.Singleton(provider => HostedSpeaker.Make(provider, name, handlers))
            : ServiceDescriptor.KeyedSingleton(key, (provider, _) => HostedSpeaker.Make(provider, name, handlers)));
        services.AddSingleton<IHostedService>(provider => new HostedSpeaker(provider, name, handlers));
        services.AddSingleton<IValidateOptions<BgpHostedSpeakerOptions>>(new HostedSpeakerValidator(name, path, handlers));
        services.AddOptions<BgpHostedSpeakerOptions>(name).ValidateOnStart();
        return new BgpSpeakerBuilder(services, name, handlers);
    }
}
