using System.Net;
using BgpSharp.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BgpSharp.Hosting;

/// <summary>Finds everything that is wrong with a speaker's options: what of its section could not be read, and what makes no sense.</summary>
/// <param name="speakerName">The speaker's name.</param>
/// <param name="path">What goes before the keys: the path of the section, or else the name.</param>
/// <param name="handlers">The handlers from the container.</param>
internal sealed class HostedSpeakerValidator(string speakerName, string path, PeerHandlers handlers) : IValidateOptions<BgpHostedSpeakerOptions>
{
    public ValidateOptionsResult Validate(string? name, BgpHostedSpeakerOptions options)
    {
        if (name != speakerName)
        {
            return ValidateOptionsResult.Skip;
        }

        List<SettingProblem> problems = [.. options.Problems];
        AddMissing(problems, nameof(options.LocalAsn), options.LocalAsn is null, SettingKinds.AsNumber.Allowed);
        AddMissing(problems, nameof(options.RouterId), options.RouterId is null, SettingKinds.Identifier.Allowed);
        var speaker = new BgpSpeakerOptions
        {
            LocalAsn = options.LocalAsn ?? 1,
            RouterId = options.RouterId ?? new BgpIdentifier(1),
            ListenEndPoints = [.. options.ListenEndPoints],
        };
        AddSenseless(problems, path, speaker.FindProblems());
        AddSenseless(problems, Key(nameof(options.Stop)), options.Stop.FindProblems());
        foreach (var (peer, peerOptions) in options.Peers)
        {
            AddSenseless(problems, Key(nameof(options.Peers), peer), peerOptions.FindProblems(speaker));
        }

        AddRepeated(problems, options);
        for (var i = 0; i < options.Routes.Count; i++)
        {
            if (BgpRouteSet.FindProblem(options.Routes[i]) is { } problem)
            {
                problems.Add(new(Key(nameof(options.Routes), $"{i}"), $"cannot be announced: {problem}"));
            }
        }

        foreach (var peer in handlers.PeerNames.Where(peer => !options.Peers.ContainsKey(peer)))
        {
            problems.Add(new(Key(nameof(options.Peers), peer), $"is missing, but a handler was added for it; allowed: {string.Join(", ", options.Peers.Keys)}."));
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems.Select(problem => problem.ToString()));
    }

    private string Key(params IEnumerable<string> parts) => ConfigurationPath.Combine(path.Length == 0 ? parts : [path, .. parts]);

    private void AddMissing(List<SettingProblem> problems, string option, bool isMissing, string allowed)
    {
        if (isMissing && !problems.Any(problem => problem.Key == Key(option)))
        {
            problems.Add(new(Key(option), $"is missing; allowed: {allowed}."));
        }
    }

    /// <summary>
    /// Adds what the library found, whose lines begin with the option's name. What is said of an option that could not be read
    /// is about a default that nobody meant.
    /// </summary>
    private static void AddSenseless(List<SettingProblem> problems, string key, IReadOnlyList<string> found)
    {
        string[] unread = [.. problems.Where(problem => problem.Key.StartsWith(key, StringComparison.Ordinal) || problem.Option == nameof(BgpSpeakerOptions.ListenEndPoints))
            .Select(problem => problem.Option)];
        foreach (var line in found.Where(line => !line.Split([' ', '.', ',', ';', ':']).Intersect(unread).Any()))
        {
            var end = line.IndexOf(' ', StringComparison.Ordinal);
            var option = line[..end].Replace('.', ':');
            problems.Add(new(key.Length == 0 ? option : ConfigurationPath.Combine(key, option), line[(end + 1)..]));
        }
    }

    private void AddRepeated(List<SettingProblem> problems, BgpHostedSpeakerOptions options)
    {
        foreach (var same in options.Peers.Where(peer => !IPAddress.Any.Equals(peer.Value.Address)).GroupBy(peer => peer.Value.Address).Where(same => same.Count() > 1))
        {
            problems.Add(new(Key(nameof(options.Peers)), $"has the address {same.Key} in {string.Join(" and ", same.Select(peer => peer.Key))}; allowed: each address once."));
        }

        foreach (var same in options.Routes.GroupBy(route => route.Prefix).Where(same => same.Count() > 1))
        {
            problems.Add(new(Key(nameof(options.Routes)), $"has the prefix {same.Key} {same.Count()} times; allowed: each prefix once."));
        }
    }
}
