namespace BgpSharp.Bfd;

/// <summary>The outcome of a step.</summary>
internal readonly record struct BfdTransition(BfdMachineState State, BfdActions Actions);
