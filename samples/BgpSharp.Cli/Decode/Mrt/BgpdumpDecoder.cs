using BgpSharp.Cli.Decode.Bgpdump;
using BgpSharp.Cli.Decode.Input;

namespace BgpSharp.Cli.Decode.Mrt;

/// <summary>Prints MRT as <c>bgpdump -m</c> does.</summary>
internal sealed class BgpdumpDecoder(Stream output) : IInputDecoder
{
    public string? Decode(Stream content, Complaints complaints, CancellationToken stopping)
    {
        var (state, offset) = BgpdumpPrinter.Print(content, output);
        MrtEnd.Check(state, offset);
        return null;
    }
}
