namespace BgpSharp.Cli;

/// <summary>Whoever read standard output has had enough, as <c>head</c> has after ten lines.</summary>
internal sealed class ReaderGoneException(Exception inner) : IOException("nobody reads standard output any more", inner);
