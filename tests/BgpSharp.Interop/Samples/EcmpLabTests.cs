using System.Diagnostics;
using System.Text.RegularExpressions;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Samples;

/// <summary>EcmpLab as a newcomer runs it.</summary>
public sealed partial class EcmpLabTests
{
    [Fact]
    public async Task On_loopback_it_sees_3_2_and_3_next_hops()
    {
        // Ends with exit code 0, or this throws.
        var output = await Command.RunAsync([.. Programs.EcmpLab]);

        output.Should().Contain("next hops seen    3, 2, 3").And.EndWith("ok\n");
        output.Should().Contain("State/PfxRcd").And.Contain("nexthop via 127.");
        output.Should().MatchRegex(@"127\.\d+\.\d+\.12  UPDATE withdraws 203\.0\.113\.10/32\n.* has 2 next hops", "a clean stop withdraws before it closes");
    }

    [Fact]
    public async Task With_FRR_it_shows_what_FRR_and_the_kernel_have_and_leaves_nothing_behind()
    {
        Requires.Root();
        Requires.Router("frr");

        var output = await Command.RunAsync([.. Programs.EcmpLab, "--router", "frr"]);

        output.Should().Contain("next hops seen    3, 2, 3").And.EndWith("ok\n");
        Summary().Count(output).Should().Be(8, "FRR's own table shows 3, 2 and 3 sessions with one prefix each");
        NextHop().Count(output).Should().Be(8, "the kernel's route has 3, 2 and 3 next hops");
        ShouldBeGone(LabName().Match(output).Value);
    }

    [Fact]
    public async Task An_interrupted_lab_leaves_nothing_behind()
    {
        Requires.Root();
        Requires.Router("frr");
        var command = Programs.EcmpLab;
        using var program = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), "--router", "frr"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            using var limit = new Deadline();
            var name = "";
            string? line;
            while ((line = await program.StandardOutput.ReadLineAsync(limit.Token)) is not null && !line.Contains("is killed", StringComparison.Ordinal))
            {
                name = LabName().Match(line) is { Success: true } match ? match.Value : name;
            }

            line.Should().NotBeNull("a master must be killed before the interruption");
            Native.Kill(program.Id, (int)Signal.Terminate).Should().Be(0);
            _ = program.StandardOutput.ReadToEndAsync(limit.Token);
            (await program.StandardError.ReadToEndAsync(limit.Token)).Should().Contain("EcmpLab: interrupted");
            await program.WaitForExitAsync(limit.Token);

            program.ExitCode.Should().Be(1);
            ShouldBeGone(name);
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task An_unknown_router_is_wrong_usage()
    {
        var run = () => Command.RunAsync([.. Programs.EcmpLab, "--router", "toaster"]);

        (await run.Should().ThrowAsync<InvalidOperationException>()).Which.Message.Should().Contain("exited with 2").And.Contain("usage: EcmpLab");
    }

    private static void ShouldBeGone(string name)
    {
        name.Should().StartWith("ecmp-");
        Directory.EnumerateFiles("/run/netns").Should().NotContain(path => path.Contains(name, StringComparison.Ordinal));
        Directory.Exists($"/run/{name}").Should().BeFalse();
        // A daemon's command line has the run directory in it.
        Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), out _))
            .Should().NotContain(path => CommandLine(path).Contains($"/run/{name}/", StringComparison.Ordinal));
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline");
        }
        catch (IOException)
        {
            // It has ended since it was listed.
            return "";
        }
    }

    [GeneratedRegex(@"ecmp-[0-9a-f]{8}")]
    private static partial Regex LabName();

    [GeneratedRegex(@"^198\.51\.100\.1[123] +4 +65000 .*:\d\d +1 +\d+ N/A", RegexOptions.Multiline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"^\s+nexthop via 198\.51\.100\.1[123] dev eth0", RegexOptions.Multiline)]
    private static partial Regex NextHop();
}
