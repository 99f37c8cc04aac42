using BgpSharp.Tests.Architecture;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration.KubeVip;

/// <summary>The containers' environment of a pod's manifest, as kubelet makes it.</summary>
internal static class PodManifest
{
    public static (string[] Arguments, Dictionary<string, string> Variables) Read(string name)
    {
        var path = Path.Combine(Repository.Root, "tests/BgpSharp.Tests/VipAdvertiser/Configuration/KubeVip", name);
        var container = Member(Member(YamlFile.Parse(File.ReadAllBytes(path)), "spec"), "containers").Items![0];
        return ([.. Member(container, "args").Items!.Select(item => item.Text!)], Member(container, "env").Items!.ToDictionary(Name, Value));
    }

    private static string Name(FileNode variable) => Member(variable, "name").Text!;

    /// <summary>The node's name stands for the one reference there is; no value is an empty one.</summary>
    private static string Value(FileNode variable) =>
        variable.Members!.Any(member => member.Key == "valueFrom") ? "node1"
        : variable.Members!.Where(member => member.Key == "value").Select(member => member.Value.Text).FirstOrDefault() ?? string.Empty;

    private static FileNode Member(FileNode node, string key) => node.Members!.Single(member => member.Key == key).Value;
}
