namespace BgpSharp.Rib;

internal enum PackResult
{
    Added,

    /// <summary>No space now: write what was collected, and come again.</summary>
    Full,

    /// <summary>The prefix and its attributes do not fit any message.</summary>
    TooLong,
}
