using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>Trust and credentials, as the files have them now.</summary>
internal sealed class TlsMaterial
{
    /// <summary>The certificates that are trusted; null when none are given.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The system's roots are trusted too.</summary>
    public bool WithSystemRoots { get; init; }

    public SslStreamCertificateContext? ClientCertificate { get; init; }

    /// <summary>The name that the server's certificate has to be for; null: that of the URL.</summary>
    public string? ServerName { get; init; }

    /// <summary>Any certificate of the server does.</summary>
    public bool SkipsVerification { get; init; }

    /// <summary>A bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>Whether a connection made with this is as one made with another. A token goes with each request.</summary>
    public bool MakesSameConnection(TlsMaterial other) =>
        ReferenceEquals(Authorities, other.Authorities) && ReferenceEquals(ClientCertificate, other.ClientCertificate)
        && ServerName == other.ServerName && SkipsVerification == other.SkipsVerification;
}
