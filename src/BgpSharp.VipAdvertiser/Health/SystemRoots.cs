using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// The root certificates of the system. The framework reads them all at the first handshake, whether they count or not, which
/// takes longer than anything else between the start and the first check; so they are hidden from it, and read here, where they count.
/// </summary>
internal sealed partial class SystemRoots
{
    private const string FileVariable = "SSL_CERT_FILE", DirectoryVariable = "SSL_CERT_DIR";

    /// <summary>Where distributions keep them, all in one file.</summary>
    private static readonly string[] Bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
    ];

    private readonly Lock _lock = new();
    private readonly string? _file;
    private readonly string[] _directories;
    private X509Certificate2Collection _roots = [];
    private List<(string Path, DateTime Written)> _read = [];

    /// <param name="file">A bundle; null or empty: the distribution's, unless there are directories.</param>
    /// <param name="directories">With certificates, between colons; null or empty: none.</param>
    public SystemRoots(string? file, string? directories)
    {
        _directories = directories?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        _file = !string.IsNullOrEmpty(file) ? file : _directories is [] ? Array.Find(Bundles, File.Exists) : null;
    }

    /// <summary>Those that OpenSSL would take, by its variables.</summary>
    public static SystemRoots Current { get; } =
        new(Environment.GetEnvironmentVariable(FileVariable), Environment.GetEnvironmentVariable(DirectoryVariable));

    /// <summary>Has the framework find none. Before it reads any.</summary>
    public static void HideFromFramework()
    {
        _ = Current;
        if (SetVariable(FileVariable, string.Empty, 1) != 0 || SetVariable(DirectoryVariable, string.Empty, 1) != 0)
        {
            throw new InvalidOperationException($"setenv: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>All of them, read again when a file has changed. What is no certificate is passed over.</summary>
    public X509Certificate2Collection Read()
    {
        lock (_lock)
        {
            List<(string Path, DateTime Written)> found = [.. Files().Select(path => (path, File.GetLastWriteTimeUtc(path)))];
            if (!found.SequenceEqual(_read))
            {
                var roots = new X509Certificate2Collection();
                found.ForEach(file => Add(roots, file.Path));
                (_roots, _read) = (roots, found);
            }

            return _roots;
        }
    }

    private IEnumerable<string> Files()
    {
        if (_file is not null && File.Exists(_file))
        {
            yield return _file;
        }

        foreach (var path in _directories.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Order())
        {
            yield return path;
        }
    }

    private static void Add(X509Certificate2Collection roots, string path)
    {
        try
        {
            roots.ImportFromPemFile(path);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // One that cannot be read is trusted by nobody.
        }
    }

    // The framework's own setting of variables does not reach OpenSSL.
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetVariable(string name, string value, int replaces);
}
