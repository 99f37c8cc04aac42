namespace BgpSharp.Cli.Decode.Input;

/// <summary>The input cannot be read on: what is wrong, and at which octet of the input after decompression.</summary>
internal sealed class CorruptInputException(long offset, string message) : Exception(message)
{
    public long Offset { get; } = offset;
}
