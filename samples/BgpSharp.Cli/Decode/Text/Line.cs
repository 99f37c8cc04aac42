namespace BgpSharp.Cli.Decode.Text;

/// <summary>A line that belongs to a message: what it is about, and the value in a column of its own.</summary>
internal static class Line
{
    // The longest name among the attributes of everyday.
    private const int LabelWidth = 20;

    public static void Begin(TextWriter output, string label)
    {
        output.Write("  ");
        output.Write(label);
        for (var i = label.Length; i < LabelWidth; i++)
        {
            output.Write(' ');
        }

        output.Write(' ');
    }

    public static void Write(TextWriter output, string label, string value)
    {
        if (value.Length == 0)
        {
            output.WriteLine($"  {label}");
            return;
        }

        Begin(output, label);
        output.WriteLine(value);
    }
}
