namespace BgpSharp.VipAdvertiser.Http;

/// <summary>What an answer says that matters here.</summary>
/// <param name="Code">Its status.</param>
/// <param name="Location">Where a redirect leads to.</param>
/// <param name="Body">The beginning of it.</param>
internal readonly record struct HttpAnswer(int Code, string? Location, string Body)
{
    /// <summary>When to ask again, as the server says it: seconds, or a date.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Where to ask next; null when this is no redirect, or none that may be followed: from https to http, or to neither.</summary>
    public Uri? RedirectFrom(Uri asked) =>
        Code is 300 or 301 or 302 or 303 or 307 or 308
        && Uri.TryCreate(asked, Location, out var next)
        && (next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && asked.Scheme == Uri.UriSchemeHttp)) ? next : null;
}
