using System.Net;
using System.Text.Json.Serialization;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>One router.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Asn">Its AS number.</param>
/// <param name="State">The session's state in RFC 4271's words.</param>
/// <param name="EstablishedAt">Null: not established.</param>
/// <param name="HoldTime">The agreed hold time; null: not established.</param>
/// <param name="LastDown">Why the last session or attempt ended, in words; null: none did.</param>
/// <param name="PrefixesAdvertised">Prefixes the router has from us.</param>
/// <param name="SessionsLost">Established sessions that ended.</param>
internal sealed record PeerStatus(
    string Address, int Port, uint Asn, string State, DateTimeOffset? EstablishedAt, TimeSpan? HoldTime, string? LastDown, long PrefixesAdvertised, long SessionsLost)
{
    public bool IsEstablished => EstablishedAt is not null;

    /// <summary>Prefixes that the session does not send; the log says why.</summary>
    public long PrefixesWithheld { get; init; }

    /// <summary>Why the session is not Established and what to look at, in words; null: it is.</summary>
    public string? Explanation
    {
        get => field ??= Explain?.Invoke();
        init;
    }

    /// <summary>Makes the explanation when somebody reads it: it asks the kernel, and metrics and readiness do without it.</summary>
    [JsonIgnore]
    public Func<string>? Explain { get; init; }

    /// <summary>BFD beside the session, in words; null: there is none.</summary>
    public string? Bfd { get; init; }

    /// <summary>Whether BFD has both directions; null: there is none.</summary>
    public bool? IsBfdUp { get; init; }

    /// <summary>How often BFD went down.</summary>
    public long BfdDowns { get; init; }

    /// <summary>Whether BFD sends more slowly than configured, since this process is late too often.</summary>
    public bool IsBfdSlowed { get; init; }

    /// <summary>Address and port, an IPv6 address in brackets.</summary>
    public string EndPoint => new IPEndPoint(IPAddress.Parse(Address), Port).ToString();
}
