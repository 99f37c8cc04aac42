namespace BgpSharp.Interop.Matrix;

/// <summary>One table of tests/INTEROP.md.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Introduction">What its cells say.</param>
/// <param name="Columns">From left to right.</param>
/// <param name="Rows">From top to bottom.</param>
internal sealed record InteropTable(string Heading, string Introduction, IReadOnlyList<string> Columns, IReadOnlyList<string> Rows);
