namespace BgpSharp.Cli.Decode.Input;

/// <summary>What the input is, after decompression.</summary>
internal enum InputKind
{
    Unknown,
    Empty,
    Hex,
    Mrt,
    Pcap,
    PcapNg,
}
