using BgpSharp.Mrt;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>
/// Prints MRT as <c>bgpdump -m</c> 1.6.2 does, its slips included, so that scripts made for that go on working. Where it would
/// end itself or show memory that is not the record's, this goes on with what can be read.
/// </summary>
/// <remarks>
/// What runs once a line is compiled with all optimizations at once: a run is over before the compiler, left to itself,
/// comes to that.
/// </remarks>
internal sealed class BgpdumpPrinter
{
    // One line: two texts of bounded length, and short columns.
    internal const int LongestLine = PathText.LongestText + CommunitiesText.LongestText + 512;

    private const int Capacity = 128 * 1024;

    private readonly LineWriter _writer;
    private readonly TablePrinter _tables;
    private readonly MessagePrinter _messages;

    private BgpdumpPrinter(Stream output)
    {
        _writer = new LineWriter(Capacity, output);
        _tables = new TablePrinter(_writer);
        _messages = new MessagePrinter(_writer);
    }

    /// <summary>Prints all records. What a stream throws passes through, after what was read before it is printed.</summary>
    /// <param name="mrt">Plain MRT, without compression.</param>
    /// <param name="output">Where the lines go; not flushed or closed.</param>
    /// <returns>Whether the input ended well, and where.</returns>
    public static BgpdumpResult Print(Stream mrt, Stream output)
    {
        var printer = new BgpdumpPrinter(output);
        var reader = new MrtReader(mrt);
        try
        {
            while (reader.TryRead(out var record))
            {
                printer.Print(record);
            }
        }
        finally
        {
            printer._writer.Flush();
        }

        return new BgpdumpResult(reader.State, reader.Offset);
    }

    private void Print(scoped in MrtRecord record)
    {
        switch (record.Kind)
        {
            case MrtKind.TableDump: _tables.PrintTableDump(record); break;
            case MrtKind.PeerIndexTable: _tables.ReadPeers(record); break;
            case MrtKind.Rib: _tables.PrintRib(record); break;
            case MrtKind.Message when record.Type == MrtType.LegacyBgp: _messages.PrintLegacyUpdate(record); break;
            case MrtKind.Message: _messages.PrintMessage(record); break;
            case MrtKind.StateChange when record.Type == MrtType.LegacyBgp: _messages.PrintLegacyStateChange(record); break;
            case MrtKind.StateChange: _messages.PrintStateChange(record); break;
        }
    }
}
