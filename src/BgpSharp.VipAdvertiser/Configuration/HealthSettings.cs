namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>The keys of the health check, <c>health</c>, and of going on in spite of it, <c>failStatic</c>.</summary>
internal static class HealthSettings
{
    public const string DefaultPath = "/readyz?exclude=etcd&exclude=etcd-readiness";

    private const string OneCount = "a number from 1 to 1000";
    private const string OneFile = "a file that can be read";

    public static readonly Setting<GateProbe?> Check = new("health:check", HealthParsers.Check, "apiserver, none, tcp://HOST:PORT, or an http or https URL", "apiserver",
        "what decides whether the VIPs are announced: this node's apiserver, wherever it listens; nothing; a TCP connect; a GET request");

    public static readonly Setting<int> Port = new("health:port", SettingParsers.Port, "a port from 1 to 65535", "6443",
        "the apiserver's port");

    public static readonly Setting<string> RequestPath = new("health:path", HealthParsers.UrlPath, "a path that begins with /, such as /livez", DefaultPath,
        "what the apiserver is asked for; etcd is left out, or one stall would take every master away at once");

    public static readonly Setting<TimeSpan> Interval = new("health:interval", SettingParsers.Duration, Settings.OneDuration, "1s",
        "the time between the starts of two checks");

    public static readonly Setting<TimeSpan> Timeout = new("health:timeout", SettingParsers.Duration, Settings.OneDuration, "1s",
        "how long a check may take");

    public static readonly Setting<int> Fall = new("health:fall", SettingParsers.Count, OneCount, "3",
        "failed checks in a row that withdraw the VIP");

    public static readonly Setting<int> Rise = new("health:rise", SettingParsers.Count, OneCount, "2",
        "successful checks in a row that announce it again; the first check after the start announces at once");

    public static readonly Setting<double> Jitter = new("health:jitter", HealthParsers.Jitter, "a number from 0 to 0.5", "0",
        "the part of the interval by which chance makes each wait longer or shorter");

    public static readonly Setting<IReadOnlyList<(int From, int To)>?> ExpectedCodes = new("health:expectedCodes", HealthParsers.Codes, "HTTP codes or ranges of them with commas between, such as 200-299,401", "",
        "the answers that are successes; when absent, 200 of a URL, and of the apiserver 200-299, and with a warning 401 and 403");

    public static readonly Setting<string?> CaFile = new("health:caFile", HealthParsers.ReadableFile, OneFile, "",
        "the certificates (PEM) that the server's has to be signed by; when absent, those of the kubeconfig, else any of the apiserver and the system's of a URL");

    public static readonly Setting<string?> ClientCertificateFile = new("health:clientCertificateFile", HealthParsers.ReadableFile, OneFile, "",
        "the client certificate (PEM); when absent, that of the kubeconfig");

    public static readonly Setting<string?> ClientKeyFile = new("health:clientKeyFile", HealthParsers.ReadableFile, OneFile, "",
        "the client certificate's key (PEM)");

    public static readonly Setting<string?> TokenFile = new("health:tokenFile", HealthParsers.ReadableFile, OneFile, "",
        "the file with a bearer token");

    public static readonly Setting<string?> Kubeconfig = new("health:kubeconfig", HealthParsers.Kubeconfig, "the whole path of a file, or none", "/etc/kubernetes/admin.conf",
        "where the apiserver check finds a CA and a client certificate; read again when it changes; one that is not there is no error");

    public static readonly Setting<Uri?> Sibling = new("failStatic:siblings:N", HealthParsers.Url, "an http or https URL", "",
        "the same check at another master: while every one of them fails too, the VIP stays announced; when absent, a failed check withdraws");

    public static readonly Setting<TimeSpan> MaxTime = new("failStatic:maxTime", SettingParsers.Duration, Settings.OneDuration, "10m",
        "how long the VIP stays announced because of failStatic:siblings");

    public static readonly IReadOnlyList<Setting> All =
    [
        Check, Port, RequestPath, Interval, Timeout, Fall, Rise, Jitter, ExpectedCodes, CaFile, ClientCertificateFile, ClientKeyFile, TokenFile, Kubeconfig,
        Sibling, MaxTime,
    ];
}
