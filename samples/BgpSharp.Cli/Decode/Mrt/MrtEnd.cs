using BgpSharp.Cli.Decode.Input;
using BgpSharp.Mrt;

namespace BgpSharp.Cli.Decode.Mrt;

/// <summary>Whether an MRT file ended where a record did.</summary>
internal static class MrtEnd
{
    /// <exception cref="CorruptInputException">It did not.</exception>
    public static void Check(MrtReaderState state, long offset)
    {
        if (state is MrtReaderState.Truncated or MrtReaderState.Corrupt)
        {
            throw new CorruptInputException(offset, state == MrtReaderState.Truncated ? "the last record is cut off" : "a record of impossible length");
        }
    }
}
