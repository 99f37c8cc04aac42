namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>A value of the configuration file with its line: one of a text (null: no value), a list, or named members.</summary>
internal sealed class FileNode(int line)
{
    /// <summary>From 1 on.</summary>
    public int Line { get; } = line;

    public string? Text { get; init; }
    public IReadOnlyList<FileNode>? Items { get; init; }
    public IReadOnlyList<(string Key, FileNode Value)>? Members { get; init; }
}
