namespace BgpSharp.Cli.Decode;

/// <summary>How the messages are printed.</summary>
internal enum OutputForm
{
    Text,
    Json,
    Bgpdump,
}
