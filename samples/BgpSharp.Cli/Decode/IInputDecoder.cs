namespace BgpSharp.Cli.Decode;

/// <summary>Decodes one kind of input.</summary>
internal interface IInputDecoder
{
    /// <summary>Decodes all of it, as far as it can be read.</summary>
    /// <param name="content">The input, decompressed.</param>
    /// <param name="complaints">Takes what is wrong with the input, as opposed to the messages in it.</param>
    /// <param name="stopping">Ends the work between two messages.</param>
    /// <returns>Whether nothing was wrong with the input.</returns>
    /// <exception cref="Input.CorruptInputException">The input cannot be read on.</exception>
    bool Decode(Stream content, Action<string> complaints, CancellationToken stopping);
}
