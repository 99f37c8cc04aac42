namespace BgpSharp.Interop.Matrix;

/// <summary>What each ending does with our route in FRR's kernel table.</summary>
internal static class StopTable
{
    public static readonly InteropTable Table = new(
        "Our route in FRR's kernel table after each ending",
        "By what both sides agreed on: no graceful restart, graceful restart (RFC 4724), or with the N bit too (RFC 8538). FRR has"
        + " `bgp graceful-restart` and `bgp graceful-restart notification`. Killed: the process ends and the kernel closes its connection.",
        [.. Enum.GetValues<GracefulRestartLab.Agreement>().Select(Column)],
        [.. Enum.GetNames<GracefulRestartTests.Ending>()]);

    public static InteropCell Cell(GracefulRestartTests.Ending ending, GracefulRestartLab.Agreement agreement) => new($"{ending}", Column(agreement));

    private static string Column(GracefulRestartLab.Agreement agreement) => agreement switch
    {
        GracefulRestartLab.Agreement.None => "no GR",
        GracefulRestartLab.Agreement.Restart => "GR",
        GracefulRestartLab.Agreement.RestartAndNotifications => "GR and N",
        _ => throw new ArgumentOutOfRangeException(nameof(agreement)),
    };
}
