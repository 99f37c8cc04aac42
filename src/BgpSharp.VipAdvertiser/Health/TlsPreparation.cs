using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>
/// Has OpenSSL and the time zone, which a certificate's dates are made with, loaded beside the rest of the start: the first check is
/// what the first announcement waits for longest, and that is most of it.
/// </summary>
internal static class TlsPreparation
{
    private const int StackLength = 256 * 1024;

    /// <summary>Begins, where the check will need it.</summary>
    public static void Begin(GateProbe? probe)
    {
        if (probe is GateProbe.Apiserver || (probe is GateProbe.Url url && url.Target.Scheme == Uri.UriSchemeHttps))
        {
            new Thread(Load, StackLength) { IsBackground = true, Name = "OpenSSL" }.Start();
        }
    }

    private static void Load()
    {
        _ = SHA256.HashData([]);
        _ = new X509ChainPolicy();
    }
}
