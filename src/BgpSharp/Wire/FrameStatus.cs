namespace BgpSharp.Wire;

internal enum FrameStatus
{
    /// <summary>No whole message yet, and nothing wrong with what is there.</summary>
    NeedMore,
    Frame,
    Error,
}
