using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration;

public sealed class CommandLineTests
{
    private readonly List<string> _problems = [];

    [Fact]
    public void A_setting_is_given_with_a_blank_or_with_an_equals_sign()
    {
        var commandLine = CommandLine.Parse(["--vip", "203.0.113.10", "--health:check=tcp://127.0.0.1:6443", "--interface=a=b"], _problems);

        _problems.Should().BeEmpty();
        commandLine.Settings.Should().BeEquivalentTo(new Dictionary<string, string?>
        {
            ["vip"] = "203.0.113.10",
            ["health:check"] = "tcp://127.0.0.1:6443",
            ["interface"] = "a=b",
        });
    }

    [Fact]
    public void The_last_of_two_values_wins()
    {
        CommandLine.Parse(["--vip", "203.0.113.10", "--VIP", "203.0.113.11"], _problems).Settings["vip"].Should().Be("203.0.113.11");
    }

    [Fact]
    public void The_configuration_file_is_not_a_setting()
    {
        var commandLine = CommandLine.Parse(["--config", "/etc/vip.json"], _problems);

        commandLine.ConfigFile.Should().Be("/etc/vip.json");
        commandLine.Settings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_is_asked_for(string argument) => CommandLine.Parse([argument], _problems).Help.Should().BeTrue();

    [Fact]
    public void The_version_is_asked_for() => CommandLine.Parse(["--version"], _problems).Version.Should().BeTrue();

    [Theory]
    [InlineData(new[] { "ran" }, "command 'ran' is not understood: it has to be run, manager, check or manifest; --help describes them")]
    [InlineData(new[] { "run", "run" }, "argument 'run' is not understood: settings are given as --key value")]
    [InlineData(new[] { "manifest" }, "manifest is '' on the command line: it has to be pod, daemonset or systemd")]
    [InlineData(new[] { "manifest", "job" }, "manifest is 'job' on the command line: it has to be pod, daemonset or systemd")]
    [InlineData(new[] { "run", "--manager" }, "--manager on the command line needs a value")]
    [InlineData(new[] { "-v" }, "argument '-v' is not understood: settings are given as --key value")]
    [InlineData(new[] { "--" }, "argument '--' is not understood: settings are given as --key value")]
    [InlineData(new[] { "--vip" }, "--vip on the command line needs a value")]
    [InlineData(new[] { "--vip", "--help" }, "--vip on the command line needs a value")]
    public void What_is_not_understood_is_a_problem(string[] arguments, string problem)
    {
        CommandLine.Parse(arguments, _problems);

        _problems.Should().Equal(problem);
    }

    [Fact]
    public void Without_a_command_it_runs()
    {
        var commandLine = CommandLine.Parse(["--vip", "203.0.113.10"], _problems);

        commandLine.Command.Should().Be(HostCommand.Run);
        commandLine.IsKubeVip.Should().BeFalse();
    }

    [Theory]
    [InlineData("pod")]
    [InlineData("daemonset")]
    [InlineData("systemd")]
    public void A_manifest_has_a_kind(string kind)
    {
        var commandLine = CommandLine.Parse(["manifest", kind, "--vip", "203.0.113.10"], _problems);

        _problems.Should().BeEmpty();
        commandLine.Command.Should().Be(HostCommand.Manifest);
        commandLine.Manifest.Should().Be(kind);
        commandLine.Settings.Keys.Should().Equal("vip");
    }

    [Fact]
    public void In_kube_vips_place_its_flags_are_its_own_and_unknown_ones_are_left_out_by_name()
    {
        var commandLine = CommandLine.Parse(
            ["manager", "--prometheusHTTPServer", "", "--log", "-4", "--arp", "--interface=lo", "-n", "kube-system", "--localAS", "65000", "--unheardOf", "s3cret", "--other=s3cret", "s3cret",
             "--bgp", "--vip:x", "1", "--health:fall", "5", "--config", "/etc/vip.json"],
            _problems);

        _problems.Should().BeEmpty();
        commandLine.Command.Should().Be(HostCommand.Manager);
        commandLine.KubeVipFlags.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["prometheusHTTPServer"] = "",
            ["log"] = "-4",
            ["arp"] = "true",
            ["interface"] = "lo",
            ["n"] = "kube-system",
            ["localAS"] = "65000",
            ["bgp"] = "true",
        });
        commandLine.Unknown.Should().Equal("--unheardOf", "--other", "a word that is no flag", "--vip:x");
        commandLine.Settings.Should().BeEquivalentTo(new Dictionary<string, string?> { ["health:fall"] = "5" });
        commandLine.ConfigFile.Should().Be("/etc/vip.json");
    }

    [Fact]
    public void A_check_can_be_one_of_kube_vips_environment()
    {
        CommandLine.Parse(["check", "--address", "203.0.113.10", "--manager"], _problems).IsKubeVip.Should().BeTrue();
        _problems.Should().BeEmpty();
    }

    [Fact]
    public void The_help_text_names_every_key_with_its_default_and_what_is_allowed()
    {
        var help = HelpText.Make();

        foreach (var setting in Settings.All)
        {
            help.Should().Contain($"  {setting.Key} ").And.Contain(setting.Meaning).And.Contain(setting.Allowed);
        }

        help.Should().Contain("default 179").And.Contain("required").And.Contain(ConfigurationSources.DefaultFiles[0]);
    }
}
