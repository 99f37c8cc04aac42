namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Where the check's TLS material and credentials lie; files are read again when they change.</summary>
internal sealed class GateTlsOptions
{
    public static readonly GateTlsOptions None = new();

    /// <summary>Trust and client certificate of the apiserver check; a file that is not there is as if not given.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>PEM certificates that are trusted; null: those of the kubeconfig, else (Apiserver) any, else the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>The system's roots are trusted beside <see cref="CaFile"/>, as kube-vip does it.</summary>
    public bool WithSystemRoots { get; init; }

    /// <summary>PEM.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>PEM.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>A bearer token.</summary>
    public string? TokenFile { get; init; }
}
