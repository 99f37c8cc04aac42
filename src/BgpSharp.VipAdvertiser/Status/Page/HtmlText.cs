using System.Text;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>HTML, put together piece by piece.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new();

    public void Add(HtmlInterpolation html) => _text.Append(html.Markup);

    /// <summary>This program's own style or script.</summary>
    public void AddMarkup(string markup) => _text.Append(markup);

    public override string ToString() => _text.ToString();
}
