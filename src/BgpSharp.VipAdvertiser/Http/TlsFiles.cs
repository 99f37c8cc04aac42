using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using BgpSharp.VipAdvertiser.Configuration;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>
/// TLS material, read again before each use. A file that has become unreadable or broken is said once, and
/// what was good last is kept. Thread-safe.
/// </summary>
/// <param name="purpose">What it is for, as a line of the log begins.</param>
/// <param name="options">Where it lies.</param>
/// <param name="logger">For what has changed or is not usable.</param>
internal sealed partial class TlsFiles(string purpose, GateTlsOptions options, ILogger<TlsFiles> logger)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _said = [];
    private readonly MadeFrom<Kubeconfig> _kubeconfig = new(content => Kubeconfig.Parse(content[0], options.Kubeconfig!));
    private readonly MadeFrom<X509Certificate2Collection> _authorities = new(MakeAuthorities);
    private readonly MadeFrom<SslStreamCertificateContext> _clientCertificate = new(MakeClientCertificate);
    private readonly MadeFrom<string> _token = new(MakeToken);

    /// <summary>What holds now.</summary>
    /// <exception cref="TlsFileException">A file that the configuration names was never usable.</exception>
    public TlsMaterial Read()
    {
        lock (_gate)
        {
            var problems = new List<string>();
            ReadKubeconfig(problems);
            var kubeconfig = _kubeconfig.Value ?? Kubeconfig.None;
            ReadPart("the trusted CA", _authorities, problems, options.CaFile is not null, PemSource.OfFile(options.CaFile) ?? kubeconfig.Authority);
            ReadClientCertificate(kubeconfig, problems);
            var skips = kubeconfig.SkipsVerification && options.CaFile is null;

            // Whoever listens in the apiserver's place must not be given the kubeconfig's token.
            var token = _authorities.Value is not null || skips ? kubeconfig.Token : null;
            ReadPart("the bearer token", _token, problems, options.TokenFile is not null, PemSource.OfFile(options.TokenFile) ?? token);
            _said.IntersectWith(problems);
            return new TlsMaterial
            {
                Authorities = _authorities.Value,
                WithSystemRoots = options.WithSystemRoots,
                ClientCertificate = _clientCertificate.Value,
                ServerName = kubeconfig.ServerName,
                SkipsVerification = skips,
                Token = _token.Value,
            };
        }
    }

    private void ReadKubeconfig(List<string> problems)
    {
        if (options.Kubeconfig is not { } path)
        {
            return;
        }

        try
        {
            if (FileContent.Read(path) is { } content)
            {
                _kubeconfig.Update([content]);
            }
            else
            {
                _kubeconfig.Clear();
            }
        }
        catch (TlsFileException e)
        {
            Report(e.Message, problems);
        }
    }

    private void ReadClientCertificate(Kubeconfig kubeconfig, List<string> problems)
    {
        var named = options.ClientCertificateFile is not null || options.ClientKeyFile is not null;
        var (certificate, key) = named
            ? (PemSource.OfFile(options.ClientCertificateFile ?? options.ClientKeyFile), PemSource.OfFile(options.ClientKeyFile ?? options.ClientCertificateFile))
            : (kubeconfig.ClientCertificate, kubeconfig.ClientKey);
        ReadPart("the client certificate", _clientCertificate, problems, named, certificate is null || key is null ? [] : [certificate, key]);
    }

    /// <param name="what">For messages.</param>
    /// <param name="part">Is brought up to date.</param>
    /// <param name="problems">Of this reading.</param>
    /// <param name="named">The configuration names the file, so that a check without it means nothing.</param>
    /// <param name="sources">Where it comes from; nothing, or null alone: from nowhere.</param>
    private void ReadPart<T>(string what, MadeFrom<T> part, List<string> problems, bool named, params PemSource?[] sources)
        where T : class
    {
        if (sources is [] or [null])
        {
            part.Clear();
            return;
        }

        var isFirst = part.Value is null;
        var origin = string.Join(" and ", sources.Select(source => source!.Origin).Distinct());
        try
        {
            var content = sources.Select(source => source!.Read()).ToList();
            if (part.Update(content) && !isFirst)
            {
                LogReadAgain(purpose, what, origin);
            }
        }
        catch (Exception e) when (e is TlsFileException or CryptographicException)
        {
            var problem = e is TlsFileException ? e.Message : $"{origin}: {what} is not usable";
            if (named && part.Value is null)
            {
                throw new TlsFileException(problem);
            }

            Report(problem, problems);
        }
    }

    private void Report(string problem, List<string> problems)
    {
        problems.Add(problem);
        if (_said.Add(problem))
        {
            LogNotUsable(purpose, problem);
        }
    }

    private static X509Certificate2Collection MakeAuthorities(IReadOnlyList<byte[]> content)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(Encoding.ASCII.GetString(content[0]));
        return certificates.Count > 0 ? certificates : throw new CryptographicException();
    }

    private static SslStreamCertificateContext MakeClientCertificate(IReadOnlyList<byte[]> content)
    {
        try
        {
            var pem = Encoding.ASCII.GetString(content[0]);
            var certificate = X509Certificate2.CreateFromPem(pem, Encoding.ASCII.GetString(content[1]));
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(pem);
            return SslStreamCertificateContext.Create(certificate, chain, offline: true);
        }
        catch (ArgumentException e)
        {
            // The key is not the certificate's.
            throw new CryptographicException(null, e);
        }
    }

    private static string MakeToken(IReadOnlyList<byte[]> content)
    {
        var token = Encoding.ASCII.GetString(content[0]).Trim();
        return token.Length > 0 && token.All(c => c is > ' ' and <= '~') ? token : throw new CryptographicException();
    }
}
