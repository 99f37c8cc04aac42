using System.Text;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// The page at /: a <see cref="HostStatus"/> for an operator's browser, what is wrong first. It is complete as it is sent, and
/// its script asks for it again and puts the difference in; without scripts the browser loads it again.
/// </summary>
internal static class StatusPage
{
    public const string ContentType = "text/html; charset=utf-8";

    /// <summary>How long the script waits between an answer and the next question.</summary>
    public static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string Style = Read("StatusPage.css");
    private static readonly string Script = Read("StatusPage.js");

    public static HttpReply Make(HostStatus status, string node, string version)
    {
        // The random octets of a new GUID are the system's, and unlike those of a hash need no OpenSSL.
        var nonce = Guid.NewGuid().ToString("N");
        return new HttpReply(200, ContentType, Encoding.UTF8.GetBytes(Render(status, node, version, nonce)))
        {
            ContentSecurityPolicy = $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        };
    }

    private static string Render(HostStatus status, string node, string version, string nonce)
    {
        var troubles = Trouble.Of(status);
        var name = $"bgpsharp-vip on {node}";
        var html = new HtmlText();
        html.Add($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{(troubles.Count > 0 ? troubles[0].Word : "OK")} - {name}</title>
            <link rel="icon" href="data:,">
            <noscript><meta http-equiv="refresh" content="2"></noscript>
            <style nonce="{nonce}">

            """);
        html.AddMarkup(Style);
        html.Add($"""
            </style>
            </head>
            <body data-poll="{(long)PollPeriod.TotalMilliseconds}" data-patience="{(long)Patience.TotalMilliseconds}" data-name="{name}">
            <p id="silence" role="alert" hidden></p>
            <main>

            """);
        PageSections.AddHeader(html, status, troubles, name);
        PageSections.AddVips(html, status);
        PageSections.AddSessions(html, status);
        PageSections.AddHealth(html, status);
        PageSections.AddHost(html, status);
        html.Add($"""
            </main>
            <footer>bgpsharp-vip {version} - <a href="status">/status</a> <a href="metrics">/metrics</a> <a href="livez">/livez</a> <a href="readyz">/readyz</a></footer>
            <script nonce="{nonce}">

            """);
        html.AddMarkup(Script);
        html.AddMarkup("</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(StatusPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the program"));
        return reader.ReadToEnd();
    }
}
