namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The configuration file, JSON or (by its name) YAML, as keys and values.</summary>
internal static class SettingsFile
{
    public const int Deepest = 16, MostValues = 10_000;

    private const int LongestFile = 1 << 20;

    /// <summary>Adds the file's values; one that cannot be used is a problem, and adds nothing.</summary>
    public static void Read(string file, Dictionary<string, SourcedValue> values, List<string> problems)
    {
        try
        {
            var found = new Dictionary<string, SourcedValue>(StringComparer.OrdinalIgnoreCase);
            var root = Parse(file);
            if (root.Members is null)
            {
                throw new FileFormatException(root.Line, "the settings have to be named: vip: 203.0.113.10");
            }

            Flatten(file, string.Empty, root, found);
            foreach (var (key, value) in found)
            {
                values[key] = value;
            }
        }
        catch (FileFormatException e)
        {
            problems.Add($"{file}:{e.Line} cannot be used: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file} cannot be used: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static FileNode Parse(string file)
    {
        using var stream = File.OpenRead(file);
        var content = new byte[LongestFile];
        var length = stream.ReadAtLeast(content, LongestFile, throwOnEndOfStream: false);
        if (length == LongestFile)
        {
            throw new IOException($"it is longer than {LongestFile} octets");
        }

        return Path.GetExtension(file).ToUpperInvariant() is ".YAML" or ".YML"
            ? YamlFile.Parse(content.AsSpan(0, length))
            : JsonFile.Parse(content.AsSpan(0, length));
    }

    private static void Flatten(string file, string key, FileNode node, Dictionary<string, SourcedValue> found)
    {
        if (node.Members is { } members)
        {
            foreach (var (name, value) in members)
            {
                Flatten(file, key.Length == 0 ? name : $"{key}:{name}", value, found);
            }
        }
        else if (node.Items is { } items && !IsListInOne(key, items))
        {
            for (var i = 0; i < items.Count; i++)
            {
                Flatten(file, $"{key}:{i}", items[i], found);
            }
        }
        else
        {
            var text = node.Items is null ? node.Text : string.Join(',', node.Items.Select(item => item.Text));
            if (!found.TryAdd(key, new SourcedValue(text, $"{file}:{node.Line}")))
            {
                throw new FileFormatException(node.Line, $"{key} is there twice");
            }
        }
    }

    /// <summary>A setting that takes several values with commas may have them as a list in the file.</summary>
    private static bool IsListInOne(string key, IReadOnlyList<FileNode> items) =>
        items.Count > 0 && items.All(item => item is { Items: null, Members: null }) && Settings.Find(key) is not null;
}
