using BgpSharp.Cli.Decode.Input;

namespace BgpSharp.Cli.Decode;

/// <summary>Decodes one kind of input.</summary>
internal interface IInputDecoder
{
    /// <summary>Decodes all of it, as far as it can be read.</summary>
    /// <param name="content">The input, decompressed.</param>
    /// <param name="complaints">Takes what is wrong with the input where it can be read on.</param>
    /// <param name="stopping">Ends the work between two messages.</param>
    /// <returns>What is worth saying about an input that is not wrong; null for nothing.</returns>
    /// <exception cref="CorruptInputException">The input cannot be read on.</exception>
    string? Decode(Stream content, Complaints complaints, CancellationToken stopping);
}
