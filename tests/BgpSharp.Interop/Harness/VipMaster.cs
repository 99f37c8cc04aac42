namespace BgpSharp.Interop.Harness;

/// <summary>bgpsharp-vip in a master's place: AS 65000, announcing the VIP to the router.</summary>
internal static class VipMaster
{
    /// <param name="lab">The lab.</param>
    /// <param name="master">From 1 on.</param>
    /// <param name="routerAsn">The AS it expects the router to be in.</param>
    /// <param name="more">Further arguments.</param>
    public static LabProcess Start(Lab lab, int master, uint routerAsn = 65001, params string[] more) =>
        lab.Start(lab.MasterNs(master), [.. Command(master, routerAsn), .. more]);

    public static IReadOnlyList<string> Command(int master, uint routerAsn = 65001) =>
    [
        .. Programs.VipAdvertiser,
        "--vip", $"{LabTopology.Vip}",
        "--localAs", "65000",
        "--routerId", $"{LabTopology.MasterAddress(master)}",
        "--peers:0:address", $"{LabTopology.RouterAddress}",
        "--peers:0:as", $"{routerAsn}",
        "--health:check", "none",
    ];

    /// <summary>Runs a command of bgpsharp-vip that is not the host, such as <c>status</c>, to its end.</summary>
    public static async Task<(int Code, IReadOnlyList<string> Lines)> AskAsync(Lab lab, int master, params IReadOnlyList<string> command)
    {
        var process = lab.Start(lab.MasterNs(master), [.. Programs.VipAdvertiser, .. command]);
        var code = await process.WaitForExitAsync();
        return (code, process.Lines);
    }
}
