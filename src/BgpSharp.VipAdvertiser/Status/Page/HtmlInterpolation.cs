using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// An interpolated string as HTML: what stands in it is markup, what is put into its holes is text, and is encoded: a peer
/// chooses some of these texts. A hole in an attribute has to be in quotation marks.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation(int literalLength, int formattedCount)
{
    private const int TypicalHole = 16;

    /// <summary>The HTML so far.</summary>
    public StringBuilder Markup { get; } = new(literalLength + TypicalHole * formattedCount);

    public void AppendLiteral(string markup) => Markup.Append(markup);

    public void AppendFormatted(string? text) => Markup.Append(WebUtility.HtmlEncode(StatusText.Clean(text ?? "")));

    public void AppendFormatted(long number) => Markup.Append(CultureInfo.InvariantCulture, $"{number}");
}
