namespace BgpSharp.Cli.Decode.Capture;

/// <summary>What a TCP connection carries.</summary>
internal enum ConnectionContent
{
    Unknown,
    Bgp,
    Bmp,
    Other,
}
