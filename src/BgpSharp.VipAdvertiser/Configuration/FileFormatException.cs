namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>A configuration file that is none: the line, from 1 on, and what is wrong there.</summary>
internal sealed class FileFormatException(long line, string message) : Exception(message.ReplaceLineEndings(" "))
{
    public long Line { get; } = line;
}
