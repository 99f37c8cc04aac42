using BgpSharp.Cli.Decode.Bgpdump;

namespace BgpSharp.Cli.Decode.Mrt;

/// <summary>Prints MRT as <c>bgpdump -m</c> does.</summary>
internal sealed class BgpdumpDecoder(Stream output) : IInputDecoder
{
    public bool Decode(Stream content, Action<string> complaints, CancellationToken stopping)
    {
        var (state, offset) = BgpdumpPrinter.Print(content, output);
        MrtEnd.Check(state, offset);
        return true;
    }
}
