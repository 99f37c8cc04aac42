namespace BgpSharp.Cli.Decode.Input;

/// <summary>What is wrong with an input, as opposed to the messages in it: one line in the end, however much it is.</summary>
internal sealed class Complaints
{
    private string? _first;
    private long _offset;
    private long _count;

    public bool Any => _count > 0;

    /// <summary>Something at an octet of the input, after decompression.</summary>
    public void Add(long offset, string what)
    {
        if (_count++ == 0)
        {
            _offset = offset;
            _first = what;
        }
    }

    /// <summary>The first place and what is wrong there, and how many others there are.</summary>
    public override string ToString() => $"offset {_offset}: {_first}" + _count switch
    {
        <= 1 => "",
        2 => "; and one more place",
        _ => $"; and {_count - 1} more places",
    };
}
