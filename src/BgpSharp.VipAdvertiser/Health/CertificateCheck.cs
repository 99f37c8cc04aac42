using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>Whether the server's certificate is trusted, and if not, why.</summary>
/// <param name="material">Trust and client certificate.</param>
/// <param name="trustsOwnNode">Without a CA any certificate does.</param>
internal sealed class CertificateCheck(TlsMaterial material, bool trustsOwnNode)
{
    private readonly bool _acceptsAny = material.SkipsVerification || (trustsOwnNode && material.Authorities is null);

    /// <summary>Why the last certificate was refused; null when it was not.</summary>
    public string? Problem { get; private set; }

    /// <remarks>
    /// No session is resumed: the server would see the client certificate of the first connection for ever, also one that has been
    /// replaced since.
    /// </remarks>
    public SslClientAuthenticationOptions Options() => new()
    {
        AllowTlsResume = false,
        TargetHost = material.ServerName,
        CertificateChainPolicy = Policy(material.Authorities ?? (_acceptsAny ? [] : SystemRoots.Current.Read())),
        ClientCertificateContext = material.ClientCertificate,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => IsTrusted(certificate, chain, errors),
    };

    /// <summary>Nothing is fetched from anywhere.</summary>
    private static X509ChainPolicy Policy(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private bool IsTrusted(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Problem = null;
        if (errors == SslPolicyErrors.None || (_acceptsAny && certificate is not null))
        {
            return true;
        }

        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && material is { WithSystemRoots: true, Authorities: not null }
            && IsOfSystemRoot((X509Certificate2)certificate!, chain!))
        {
            return true;
        }

        Problem = errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? "the server has no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? $"the server's certificate is not trusted ({Reasons(chain!)})"
            : "the server's certificate is for another name";
        return false;
    }

    private static bool IsOfSystemRoot(X509Certificate2 certificate, X509Chain seen)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(SystemRoots.Current.Read()) };
        chain.ChainPolicy.ExtraStore.AddRange(seen.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }

    private static string Reasons(X509Chain chain) =>
        string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
}
