using BgpSharp.Mrt;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>How printing ended.</summary>
/// <param name="State">Why there was no more to read.</param>
/// <param name="Offset">The octet of the input at which it ended, or at which the truncated or corrupt record begins.</param>
internal readonly record struct BgpdumpResult(MrtReaderState State, long Offset);
