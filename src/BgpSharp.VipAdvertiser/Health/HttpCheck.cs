namespace BgpSharp.VipAdvertiser.Health;

/// <summary>What an HTTP check asks and which answers are good.</summary>
internal sealed class HttpCheck
{
    public required Uri Uri { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Both ends of each range are in it.</summary>
    public required IReadOnlyList<(int From, int To)> ExpectedCodes { get; init; }

    public bool FollowRedirects { get; init; }

    /// <summary>An apiserver without anonymous access answers 401 or 403 to whom it does not know: it works.</summary>
    public bool DeniedIsAlive { get; init; }

    /// <summary>For messages: an address to show in place of the URL's host. Never the query, which may hold a secret.</summary>
    public string Name(string? address) => address is null
        ? Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : $"{Uri.Scheme}://{address}{Uri.AbsolutePath}";

    public bool Expects(int code) => ExpectedCodes.Any(range => range.From <= code && code <= range.To);
}
