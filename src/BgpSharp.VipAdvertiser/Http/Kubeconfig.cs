using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>What the current context of a kubeconfig says of trust and credentials. Its server is not asked: that would be the VIP.</summary>
internal sealed record Kubeconfig(PemSource? Authority, PemSource? ClientCertificate, PemSource? ClientKey)
{
    /// <summary>A bearer token.</summary>
    public PemSource? Token { get; private init; }

    /// <summary>The name that the server's certificate is for; null: the usual one.</summary>
    public string? ServerName { get; private init; }

    /// <summary>Any certificate of the server does.</summary>
    public bool SkipsVerification { get; private init; }

    public static readonly Kubeconfig None = new(null, null, null);

    /// <exception cref="TlsFileException">It is not a kubeconfig.</exception>
    public static Kubeconfig Parse(byte[] content, string path)
    {
        var root = Load(content, path);
        var context = Child(Named(root, "contexts", Text(root, "current-context") ?? throw Broken(path, "it has no current-context"), path), "context");
        var cluster = Child(Named(root, "clusters", Text(context, "cluster") ?? throw Broken(path, "its current context has no cluster"), path), "cluster");
        var user = Text(context, "user") is { } name ? Child(Named(root, "users", name, path), "user") : null;
        return new Kubeconfig(
            Source(cluster, "certificate-authority", path),
            Source(user, "client-certificate", path),
            Source(user, "client-key", path))
        {
            // The file where both are given, as kubectl has it.
            Token = File(user, "tokenFile", path) ?? (Text(user, "token") is { } token ? new PemSource($"token of {path}", Encoding.UTF8.GetBytes(token)) : null),
            ServerName = Text(cluster, "tls-server-name"),
            SkipsVerification = bool.TryParse(Text(cluster, "insecure-skip-tls-verify"), out var skips) && skips,
        };
    }

    private static YamlNode Load(byte[] content, string path)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(Encoding.UTF8.GetString(content)));
            return yaml.Documents is [var document, ..] ? document.RootNode : throw Broken(path, "it is empty");
        }
        catch (YamlException e)
        {
            // Not the exception's own text, which may quote what it stumbled over.
            throw Broken(path, FormattableString.Invariant($"line {e.Start.Line} is not YAML"));
        }
    }

    /// <summary>The element of a list that has a name.</summary>
    private static YamlNode Named(YamlNode root, string list, string name, string path) =>
        (Child(root, list) as YamlSequenceNode)?.FirstOrDefault(item => Text(item, "name") == name)
        ?? throw Broken(path, $"{name} is not among its {list}");

    private static YamlNode? Child(YamlNode? node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Text(YamlNode? node, string key) => Child(node, key) is YamlScalarNode { Value.Length: > 0 } scalar ? scalar.Value : null;

    /// <summary>The data where both are given, as kubectl has it; a relative path starts at the kubeconfig.</summary>
    private static PemSource? Source(YamlNode? node, string key, string path)
    {
        if (Text(node, $"{key}-data") is { } data)
        {
            var decoded = new byte[data.Length];
            return Convert.TryFromBase64String(data, decoded, out var length)
                ? new PemSource($"{key}-data of {path}", decoded[..length])
                : throw Broken(path, $"its {key}-data is not base64");
        }

        return File(node, key, path);
    }

    private static PemSource? File(YamlNode? node, string key, string path) =>
        Text(node, key) is { } file ? new PemSource(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file), null) : null;

    private static TlsFileException Broken(string path, string reason) => new($"{path} is not usable: {reason}");
}
