namespace BgpSharp.VipAdvertiser.Http;

/// <summary>Why a call has no answer, in an operator's words.</summary>
internal readonly record struct HttpFailure(string Reason)
{
    /// <summary>The server's certificate is not trusted.</summary>
    public bool IsDistrust { get; init; }

    /// <summary>Nobody listens there.</summary>
    public bool IsRefusal { get; init; }
}
