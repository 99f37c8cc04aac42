namespace BgpSharp.Interop.Matrix;

/// <summary>The file as a whole; its cells are compared by the tests that measure them.</summary>
[Collection(nameof(InteropFileTests))]
[CollectionDefinition(nameof(InteropFileTests), DisableParallelization = true)]
public sealed class InteropFileTests
{
    [Fact]
    public void INTEROP_md_has_a_measured_value_in_every_cell_and_nothing_else()
    {
        var text = InteropFile.Read();
        var document = InteropDocument.Parse(text);

        text.Should().Be(document.Render(InteropFile.Tables), "the file is written by the tests alone");
        foreach (var table in InteropFile.Tables)
        {
            var cells = table.Rows.SelectMany(row => table.Columns.Select(column => new InteropCell(row, column)));
            cells.Where(cell => document.Find(cell) is null).Should().BeEmpty("every cell has a test");
        }
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var table = MatrixRows.Table;
        var document = new InteropDocument();
        InteropCell plain = new(table.Rows[0], table.Columns[0]), noted = new(table.Rows[1], table.Columns[1]);
        document.Set(plain, "yes", null);
        document.Set(noted, "no", "it has none: \"not **here**: at all\"");

        var again = InteropDocument.Parse(document.Render([table]));

        again.Find(plain).Should().Be("yes");
        again.Find(noted).Should().Be("no: it has none: \"not **here**: at all\"");
        again.Find(new(table.Rows[0], table.Columns[1])).Should().BeNull("it was not measured");
        again.Render([table]).Should().Be(document.Render([table]));
    }
}
