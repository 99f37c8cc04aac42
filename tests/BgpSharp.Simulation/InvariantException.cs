namespace BgpSharp.Simulation;

/// <summary>Something happened that must not.</summary>
public sealed class InvariantException(string message) : Exception(message);
