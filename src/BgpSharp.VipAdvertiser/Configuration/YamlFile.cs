using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>YAML as settings: one document, anchors allowed.</summary>
internal sealed class YamlFile
{
    /// <summary>Counted before they are there: aliases of aliases grow faster than memory.</summary>
    private int _nodes;

    private YamlFile()
    {
    }

    /// <exception cref="FileFormatException">It is no YAML, or not that of a configuration.</exception>
    public static FileNode Parse(ReadOnlySpan<byte> content)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(Encoding.UTF8.GetString(content).TrimStart('\uFEFF')));
        }
        catch (AnchorNotFoundException e)
        {
            // Its message has the name, which is a password where one begins with an asterisk.
            throw new FileFormatException(e.Start.Line, "an alias has no anchor; a text that begins with * has to be in quotation marks");
        }
        catch (YamlException e)
        {
            throw new FileFormatException(e.Start.Line, e.Message);
        }

        return stream.Documents switch
        {
            [] => new FileNode(1) { Members = [] },
            [var document] => new YamlFile().Convert(document.RootNode, 0),
            [_, var second, ..] => throw new FileFormatException(second.RootNode.Start.Line, "a second document begins here: there has to be one"),
        };
    }

    /// <param name="node">A node of the model, in which an alias is the node that it stands for.</param>
    /// <param name="depth">How deep it lies: aliases can make a node contain itself.</param>
    private FileNode Convert(YamlNode node, int depth)
    {
        var line = (int)node.Start.Line;
        if (depth > SettingsFile.Deepest)
        {
            throw new FileFormatException(line, "it is nested too deeply");
        }

        if (++_nodes > SettingsFile.MostValues)
        {
            throw new FileFormatException(line, $"there are more than {SettingsFile.MostValues} values");
        }

        return node switch
        {
            YamlMappingNode map => new FileNode(line) { Members = [.. map.Children.Select(pair => (KeyOf(pair.Key), Convert(pair.Value, depth + 1)))] },
            YamlSequenceNode list => new FileNode(line) { Items = [.. list.Children.Select(item => Convert(item, depth + 1))] },
            YamlScalarNode scalar => new FileNode(line) { Text = IsNull(scalar) ? null : scalar.Value },
            _ => throw new FileFormatException(line, "it is no text, list or mapping"),
        };
    }

    private static string KeyOf(YamlNode key) =>
        key is YamlScalarNode { Value: { } text } ? text : throw new FileFormatException(key.Start.Line, "the key of a mapping has to be a text");

    private static bool IsNull(YamlScalarNode scalar) =>
        scalar.Style is ScalarStyle.Plain or ScalarStyle.Any && scalar.Value is null or "" or "~" or "null" or "Null" or "NULL";
}
