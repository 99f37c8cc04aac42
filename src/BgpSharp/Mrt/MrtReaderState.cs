namespace BgpSharp.Mrt;

/// <summary>Where a <see cref="MrtReader"/> stands.</summary>
public enum MrtReaderState
{
    /// <summary>There may be more records.</summary>
    Reading,

    /// <summary>The stream ended after a whole record, or was empty.</summary>
    End,

    /// <summary>The stream ended inside a record.</summary>
    Truncated,

    /// <summary>The length of a record is beyond the bound, so that what follows cannot be found.</summary>
    Corrupt,
}
