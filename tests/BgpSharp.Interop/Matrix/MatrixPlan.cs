using System.Net;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Matrix;

/// <summary>Numbers and addresses that the routers' configurations and the tests share.</summary>
internal static class MatrixPlan
{
    public const uint RouterAsn = 65001;
    public const string Password = "first-secret";
    public const int RouterMaximum = 2;
    public const int BulkRoutes = 10_000;
    public const string RouterPrefix = "203.0.113.200/32";
    public const string RouterPrefix6 = "2001:db8:2::/64";
    public static readonly IPAddress RouterV6 = IPAddress.Parse("2001:db8::9");

    public static IReadOnlyList<PeerKind> Kinds { get; } = Enum.GetValues<PeerKind>();

    public static uint OurAsn(PeerKind kind) => kind switch
    {
        PeerKind.Internal => RouterAsn,
        PeerKind.FourOctet => 4200000001,
        PeerKind.TwoOctet => 70000,
        _ => 65000,
    };

    public static IPAddress OurAddress(PeerKind kind) => kind == PeerKind.Ipv6 ? OurV6(kind) : LabTopology.MasterAddress((int)kind);

    public static IPAddress OurV6(PeerKind kind) => IPAddress.Parse($"2001:db8::1{(int)kind}");

    public static IPAddress RouterAddress(PeerKind kind) => kind == PeerKind.Ipv6 ? RouterV6 : LabTopology.RouterAddress;

    /// <summary>Routes of the router's own, in the range for benchmarks (RFC 2544).</summary>
    public static IEnumerable<string> BulkPrefixes => Enumerable.Range(0, BulkRoutes).Select(i => $"198.18.{i >> 8}.{i & 255}/32");
}
