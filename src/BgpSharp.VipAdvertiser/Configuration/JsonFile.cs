using System.Text;
using System.Text.Json;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>JSON as settings; comments and trailing commas are allowed.</summary>
internal static class JsonFile
{
    /// <exception cref="FileFormatException">It is no JSON.</exception>
    public static FileNode Parse(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        var options = new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = SettingsFile.Deepest };
        var reader = new Utf8JsonReader(content, options);
        try
        {
            reader.Read();
            var node = ReadValue(ref reader, content);
            reader.Read();
            return node;
        }
        catch (JsonException e)
        {
            throw new FileFormatException((e.LineNumber ?? 0) + 1, e.Message);
        }
        catch (InvalidOperationException e)
        {
            // A text that is no Unicode.
            throw new FileFormatException(LineOf(reader, content), e.Message);
        }
    }

    private static FileNode ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> content)
    {
        var line = LineOf(reader, content);
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => new FileNode(line) { Members = ReadMembers(ref reader, content) },
            JsonTokenType.StartArray => new FileNode(line) { Items = ReadItems(ref reader, content) },
            JsonTokenType.String => new FileNode(line) { Text = reader.GetString() },
            JsonTokenType.Null => new FileNode(line),
            _ => new FileNode(line) { Text = Encoding.UTF8.GetString(reader.ValueSpan) },
        };
    }

    private static List<(string Key, FileNode Value)> ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> content)
    {
        var members = new List<(string, FileNode)>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            members.Add((key, ReadValue(ref reader, content)));
        }

        return members;
    }

    private static List<FileNode> ReadItems(ref Utf8JsonReader reader, ReadOnlySpan<byte> content)
    {
        var items = new List<FileNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, content));
        }

        return items;
    }

    private static int LineOf(in Utf8JsonReader reader, ReadOnlySpan<byte> content) => content[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
}
