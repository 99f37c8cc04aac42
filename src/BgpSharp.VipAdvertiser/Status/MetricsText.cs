using System.Globalization;
using System.Text;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>Writes Prometheus' text format 0.0.4.</summary>
internal sealed class MetricsText : MetricsWriter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();
    private string _name = "";

    /// <summary>A value of Prometheus is a floating point number.</summary>
    public override void Sample(long value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample((double)value, labels);

    public override void Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_name);
        var separator = '{';
        foreach (var (name, text) in labels)
        {
            _text.Append(separator).Append(name).Append("=\"");
            AppendEscaped(text, escapeQuotes: true);
            _text.Append('"');
            separator = ',';
        }

        _text.Append(labels.IsEmpty ? " " : "} ").Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    public override string ToString() => _text.ToString();

    protected override void Family(string name, string help, bool isCounter)
    {
        _name = name;
        _text.Append("# HELP ").Append(name).Append(' ');
        AppendEscaped(help, escapeQuotes: false);
        _text.Append("\n# TYPE ").Append(name).Append(isCounter ? " counter\n" : " gauge\n");
    }

    private void AppendEscaped(string text, bool escapeQuotes)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => _text.Append(@"\\"),
                '\n' => _text.Append(@"\n"),
                '"' when escapeQuotes => _text.Append("\\\""),
                _ => _text.Append(c),
            };
        }
    }
}
