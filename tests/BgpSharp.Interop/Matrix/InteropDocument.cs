using System.Text;

namespace BgpSharp.Interop.Matrix;

/// <summary>The text of tests/INTEROP.md, read and written. A cell that a router lacks has a note with the router's own words.</summary>
internal sealed class InteropDocument
{
    private const string NoteStart = "- **", NoteMiddle = "**: ", NotMeasured = "not measured";

    private static readonly string[] Head =
    [
        "# What was seen with real routers",
        "",
        "Every cell is a test in network namespaces (`tests/BgpSharp.Interop/Matrix`). A test fails when it measures something else",
        "than this file says. `UPDATE_INTEROP=1 tests/run.sh`, or the same variable before the test program with any filter, writes",
        "what was measured into it instead.",
    ];

    private readonly SortedDictionary<string, string> _cells = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _notes = new(StringComparer.Ordinal);

    public static InteropDocument Parse(string text)
    {
        var document = new InteropDocument();
        string[] columns = [];
        foreach (var line in text.Split('\n'))
        {
            var fields = line.StartsWith("| ", StringComparison.Ordinal) ? line.Trim('|').Split('|', StringSplitOptions.TrimEntries) : [];
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                columns = [];
            }
            else if (line.StartsWith(NoteStart, StringComparison.Ordinal) && line.Split(NoteMiddle, 2) is [var key, var note])
            {
                document._notes[key[NoteStart.Length..]] = note;
            }
            else if (fields.Length > 1 && columns.Length == 0)
            {
                columns = fields;
            }
            else if (fields.Length == columns.Length)
            {
                foreach (var (column, value) in columns.Zip(fields).Skip(1).Where(pair => pair.Second != NotMeasured))
                {
                    document._cells[$"{new InteropCell(fields[0], column)}"] = value;
                }
            }
        }
        return document;
    }

    /// <summary>What a cell says, with its note; null: it was not measured.</summary>
    public string? Find(InteropCell cell) =>
        !_cells.TryGetValue($"{cell}", out var value) ? null : _notes.TryGetValue($"{cell}", out var note) ? $"{value}: {note}" : value;

    public void Set(InteropCell cell, string value, string? note)
    {
        if (value.Contains('|', StringComparison.Ordinal) || value.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException($"a cell of a table cannot say '{value}'", nameof(value));
        }
        _cells[$"{cell}"] = value;
        if (note is null)
        {
            _notes.Remove($"{cell}");
        }
        else
        {
            _notes[$"{cell}"] = note.Replace('\n', ' ');
        }
    }

    /// <summary>The text of the file; cells and notes that no table has are left out.</summary>
    public string Render(IReadOnlyList<InteropTable> tables)
    {
        var text = new StringBuilder().AppendJoin('\n', Head).Append('\n');
        foreach (var table in tables)
        {
            text.Append($"\n## {table.Heading}\n\n{table.Introduction}\n\n");
            text.Append($"| | {string.Join(" | ", table.Columns)} |\n|---|{string.Concat(table.Columns.Select(_ => "---|"))}\n");
            foreach (var row in table.Rows)
            {
                var values = table.Columns.Select(column => _cells.GetValueOrDefault($"{new InteropCell(row, column)}", NotMeasured));
                text.Append($"| {row} | {string.Join(" | ", values)} |\n");
            }
            var notes = table.Rows.SelectMany(row => table.Columns.Select(column => $"{new InteropCell(row, column)}"))
                .Where(_notes.ContainsKey)
                .Select(key => $"{NoteStart}{key}{NoteMiddle}{_notes[key]}\n")
                .ToArray();
            text.Append(notes.Length == 0 ? "" : "\n").Append(string.Concat(notes));
        }
        return text.ToString();
    }
}
