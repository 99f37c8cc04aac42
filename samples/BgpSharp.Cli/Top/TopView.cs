using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BgpSharp.Cli.Top;

/// <summary>Rows as a table for a terminal, or as lines for everything else.</summary>
internal static class TopView
{
    // Messages and prefixes, in a table that fits into 80 columns.
    private static readonly string[] Columns = ["PEER", "AS", "STATE", "UP", "HOLD", "IN/S", "OUT/S", "PFX IN", "PFX OUT"];

    /// <summary>The last error has a line of its own below the table, where it is not cut off.</summary>
    public static IRenderable Table(IReadOnlyList<PeerRow> rows, DateTimeOffset now)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var (i, column) in Columns.Index())
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))) { NoWrap = true, Alignment = i < 3 ? Justify.Left : Justify.Right, Padding = new Padding(0, 0, 1, 0) });
        }

        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Peer), new Text($"{row.Asn}"), new Text(row.State, new Style(row.IsEstablished ? Color.Green : Color.Red)), new Text(row.UpText), new Text(row.HoldText),
                new Text(row.ReceivedText), new Text(row.SentText), Number(row.PrefixesReceived), Number(row.PrefixesAdvertised));
        }

        var established = rows.Count(row => row.IsEstablished);
        return new Rows([
            new Text(string.Create(CultureInfo.InvariantCulture, $"{now:HH:mm:ss}  {established} of {rows.Count} Established  (Ctrl+C ends)")),
            new Text(""),
            table,
            new Text(""),
            .. rows.Where(row => row.LastError is not null).Select(row => new Text($"{row.Peer} last down: {row.ErrorText}")),
        ]);
    }

    /// <summary>One peer, with its names beside the values, to be read and searched without a header.</summary>
    public static string Line(PeerRow row, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{now:HH:mm:ss} {row.Peer} AS {row.Asn} {row.State} up {row.UpText} hold {row.HoldText} msg/s in {row.ReceivedText} out {row.SentText} prefixes in {row.PrefixesReceived} out {row.PrefixesAdvertised} last down: {row.ErrorText}");

    private static Text Number(long number) => new(number.ToString(CultureInfo.InvariantCulture));
}
