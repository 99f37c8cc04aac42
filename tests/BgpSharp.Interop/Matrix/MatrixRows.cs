namespace BgpSharp.Interop.Matrix;

/// <summary>What is tried with every router.</summary>
internal static class MatrixRows
{
    public const string Version = "Version";
    public const string Active = "We dial (eBGP)";
    public const string Passive = "The router dials (eBGP)";
    public const string Both = "Both dial (eBGP)";
    public const string Internal = "iBGP, AS path of our route";
    public const string Ipv4Out = "IPv4: ours announced and withdrawn";
    public const string Ipv4In = "IPv4: the router's announced and withdrawn";
    public const string Ipv6Out = "IPv6 over IPv4: ours announced and withdrawn";
    public const string Ipv6In = "IPv6 over IPv4: the router's announced and withdrawn";
    public const string Ipv6Transport = "IPv6 over IPv6: both ways";
    public const string Bulk = "10,000 routes of the router's, and their withdrawal";
    public const string FourOctet = "We are AS 4200000001: AS path of our route";
    public const string AsTrans = "The router has two-octet AS numbers, we are AS 70000: AS path of our route";
    public const string Password = "TCP-MD5, the same password";
    public const string WrongPassword = "TCP-MD5, another password";
    public const string TtlSecurity = "GTSM";
    public const string HoldTime = "Router stopped (SIGSTOP), hold time 3 s, then continued";
    public const string Restart = "Router killed and started again";
    public const string SecondFromRouter = "A second connection from the router's address: our answer";
    public const string SecondFromUs = "A second connection from our address: the router's answer";
    public const string RefreshByUs = "Route refresh, we ask";
    public const string RefreshByRouter = "Route refresh, the router asks";
    public const string ShutdownText = "Shutdown text of ours (RFC 9003) seen";
    public const string GracefulShutdown = "GRACEFUL_SHUTDOWN lowers the preference of our route";
    public const string RouterLimit = "More prefixes than the router's maximum";
    public const string OurLimit = "More prefixes than our maximum";

    public static readonly InteropTable Table = new(
        "Five routers",
        "\"lacks it\" is explained below the table, with a line of the router's documentation or the refusal it printed.",
        ["FRR", "BIRD", "GoBGP", "ExaBGP", "OpenBGPD"],
        [
            Version, Active, Passive, Both, Internal, Ipv4Out, Ipv4In, Ipv6Out, Ipv6In, Ipv6Transport, Bulk, FourOctet, AsTrans, Password,
            WrongPassword, TtlSecurity, HoldTime, Restart, SecondFromRouter, SecondFromUs, RefreshByUs, RefreshByRouter, ShutdownText,
            GracefulShutdown, RouterLimit, OurLimit,
        ]);
}
