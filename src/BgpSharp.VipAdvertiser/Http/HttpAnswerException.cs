namespace BgpSharp.VipAdvertiser.Http;

/// <summary>What came is no whole answer of HTTP/1.1.</summary>
internal sealed class HttpAnswerException(string message) : IOException(message)
{
    public static HttpAnswerException EndedEarly() => new("The response ended prematurely");
}
