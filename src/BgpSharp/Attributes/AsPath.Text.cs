using System.Text;

namespace BgpSharp;

public readonly partial struct AsPath
{
    /// <summary>The usual form.</summary>
    /// <returns>For example <c>65001 65002 {65003 65004}</c>; empty for the empty path.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in this)
        {
            if (text.Length > 0)
            {
                text.Append(' ');
            }

            var (before, after) = segment.Type switch
            {
                AsPathSegmentType.Set => ("{", "}"),
                AsPathSegmentType.ConfedSequence => ("(", ")"),
                AsPathSegmentType.ConfedSet => ("[", "]"),
                _ => ("", ""),
            };
            text.Append(before).AppendJoin(' ', segment.Asns.ToArray()).Append(after);
        }

        return text.ToString();
    }
}
