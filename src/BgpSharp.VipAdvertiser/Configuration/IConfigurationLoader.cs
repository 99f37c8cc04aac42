namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Reads the configuration as the start did: the same file, environment and arguments.</summary>
internal interface IConfigurationLoader
{
    /// <summary>Null when there are problems, each added as one line.</summary>
    AdvertiserOptions? Load(List<string> problems);
}
