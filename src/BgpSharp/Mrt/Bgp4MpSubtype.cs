namespace BgpSharp.Mrt;

/// <summary>
/// Subtypes of <see cref="MrtType.Bgp4Mp"/> and <see cref="MrtType.Bgp4MpEt"/> (RFC 6396 §4.4, RFC 8050 §3). AS4 is a
/// session with four-octet AS numbers, Local a message that the recorder itself sent, AddPath one whose prefixes have
/// path identifiers.
/// </summary>
public enum Bgp4MpSubtype : ushort
{
    /// <summary>A change of state, two-octet AS numbers.</summary>
    StateChange = 0,

    /// <summary>A received message, two-octet AS numbers.</summary>
    Message = 1,

    /// <summary>A route of a table; obsolete.</summary>
    Entry = 2,

    /// <summary>The name of a file with a table; obsolete.</summary>
    Snapshot = 3,

    /// <summary>A received message, four-octet AS numbers.</summary>
    MessageAs4 = 4,

    /// <summary>A change of state, four-octet AS numbers.</summary>
    StateChangeAs4 = 5,

    /// <summary>A sent message, two-octet AS numbers.</summary>
    MessageLocal = 6,

    /// <summary>A sent message, four-octet AS numbers.</summary>
    MessageAs4Local = 7,

    /// <summary>A received message, two-octet AS numbers, path identifiers.</summary>
    MessageAddPath = 8,

    /// <summary>A received message, four-octet AS numbers, path identifiers.</summary>
    MessageAs4AddPath = 9,

    /// <summary>A sent message, two-octet AS numbers, path identifiers.</summary>
    MessageLocalAddPath = 10,

    /// <summary>A sent message, four-octet AS numbers, path identifiers.</summary>
    MessageAs4LocalAddPath = 11,
}
