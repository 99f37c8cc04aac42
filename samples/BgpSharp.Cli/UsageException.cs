namespace BgpSharp.Cli;

/// <summary>Options that are fine one by one do not fit together.</summary>
internal sealed class UsageException(string message) : Exception(message);
