using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>How long a process that cannot begin its work stays, so that the line which says why is read.</summary>
public sealed class PatienceTests
{
    [Theory]
    [InlineData("Manager", 2, 5, "in a static pod kubelet's back-off would hide it")]
    [InlineData("Manager", 0, 0, "a stop that was asked for")]
    [InlineData("Manager", 1, 0, "what failed while it ran is started again at once")]
    [InlineData("Run", 2, 0, "systemd and shells show it")]
    [InlineData("Check", 2, 0, "somebody waits for the answer")]
    public void Only_what_is_refused_in_kube_vips_place_waits(string command, int code, int seconds, string because) =>
        ExitStatus.Patience(Enum.Parse<HostCommand>(command), code).Should().Be(TimeSpan.FromSeconds(seconds), because);
}
