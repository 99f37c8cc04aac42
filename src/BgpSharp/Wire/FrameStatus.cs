namespace BgpSharp.Wire;

/// <summary>What <see cref="FrameReader"/> found at the start of a buffer.</summary>
public enum FrameStatus
{
    /// <summary>No whole message yet, and nothing wrong with what is there.</summary>
    NeedMore,

    /// <summary>A whole message.</summary>
    Frame,

    /// <summary>A header that RFC 4271 §6.1 refuses; where the next message begins is not known.</summary>
    Error,
}
