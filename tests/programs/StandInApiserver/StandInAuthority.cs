using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace BgpSharp.Tests.StandIn;

/// <summary>A cluster's CA, made for one run, and what it signs.</summary>
public sealed class StandInAuthority
{
    private readonly X509Certificate2 _certificate;

    public StandInAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stand-in CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(NotBefore, NotAfter);
    }

    public string Pem => _certificate.ExportCertificatePem();

    public X509Certificate2 Certificate => _certificate;

    private static DateTimeOffset NotBefore => DateTimeOffset.UtcNow.AddHours(-1);

    private static DateTimeOffset NotAfter => DateTimeOffset.UtcNow.AddDays(1);

    /// <summary>A server's certificate for DNS names and addresses.</summary>
    public X509Certificate2 IssueServer(params string[] names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        return Issue("CN=stand-in apiserver", alternatives.Build());
    }

    public X509Certificate2 IssueClient() => Issue("CN=admin, O=system:masters");

    /// <summary>A kubeconfig as kubeadm writes admin.conf, everything in it; the server is the VIP, which nobody is to ask.</summary>
    public string Kubeconfig(X509Certificate2 client)
    {
        var key = client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        return $"""
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority-data: {Base64(Pem)}
                server: https://203.0.113.10:6443
              name: kubernetes
            contexts:
            - context:
                cluster: kubernetes
                user: kubernetes-admin
              name: kubernetes-admin@kubernetes
            current-context: kubernetes-admin@kubernetes
            kind: Config
            preferences: {"{}"}
            users:
            - name: kubernetes-admin
              user:
                client-certificate-data: {Base64(client.ExportCertificatePem())}
                client-key-data: {Base64(key)}

            """;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private X509Certificate2 Issue(string subject, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        using var issued = request.Create(_certificate, NotBefore.AddMinutes(1), NotAfter.AddMinutes(-1), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
