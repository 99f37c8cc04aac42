using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Messages;

/// <summary>An UPDATE as it is written, and what is to be thought of it.</summary>
internal readonly ref struct UpdateMessage
{
    public required ReadOnlySpan<byte> Body { get; init; }

    public required ContextGuess Guess { get; init; }

    public required UpdateProblem Problem { get; init; }

    /// <summary>The family whose routes are complete, when the message says only that.</summary>
    public required BgpFamily? EndOfRib { get; init; }
}
