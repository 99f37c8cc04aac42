namespace BgpSharp.Rib;

/// <summary>Routes that traffic is to leave (RFC 8326): GRACEFUL_SHUTDOWN, within the AS the least LOCAL_PREF, and where given no better MED than this.</summary>
internal readonly record struct Leaving(uint? Med);
