namespace BgpSharp.VipAdvertiser.Configuration;

/// <inheritdoc/>
internal sealed class ConfigurationLoader(CommandLine commandLine) : IConfigurationLoader
{
    public AdvertiserOptions? Load(List<string> problems) => AdvertiserOptionsReader.Read(commandLine, HostFacts.Take(), problems);
}
