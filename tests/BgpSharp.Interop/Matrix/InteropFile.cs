using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix;

/// <summary>
/// tests/INTEROP.md. Each test compares its own cell, so that a filtered run compares what it ran and a skipped test nothing;
/// with UPDATE_INTEROP=1 it writes the cell instead.
/// </summary>
internal static class InteropFile
{
    private static readonly Lock Gate = new();

    public static IReadOnlyList<InteropTable> Tables { get; } = [MatrixRows.Table, StopTable.Table];

    public static bool IsUpdate { get; } = Environment.GetEnvironmentVariable("UPDATE_INTEROP") == "1";

    private static string Path => $"{Programs.Repository}/tests/INTEROP.md";

    /// <summary>The committed text; empty when there is none yet.</summary>
    public static string Read() => File.Exists(Path) ? File.ReadAllText(Path) : "";

    /// <param name="cell">What was measured.</param>
    /// <param name="value">The result, in few words.</param>
    /// <param name="note">Why, where the router lacks it.</param>
    public static void Measured(InteropCell cell, string value, string? note = null)
    {
        Tables.Should().Contain(table => table.Rows.Contains(cell.Row) && table.Columns.Contains(cell.Column), $"a table has a cell for {cell}");
        lock (Gate)
        {
            var document = InteropDocument.Parse(Read());
            var committed = document.Find(cell);
            document.Set(cell, value, note);
            if (IsUpdate)
            {
                File.WriteAllText(Path, document.Render(Tables));
                return;
            }
            document.Find(cell).Should().Be(committed, $"tests/INTEROP.md says so of '{cell}'; UPDATE_INTEROP=1 takes over what was measured");
        }
    }
}
