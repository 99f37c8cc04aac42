using BgpSharp.VipAdvertiser.Configuration;

namespace BgpSharp.Tests.VipAdvertiser.Configuration;

public sealed class CommandLineTests
{
    private readonly List<string> _problems = [];

    [Fact]
    public void A_setting_is_given_with_a_blank_or_with_an_equals_sign()
    {
        var commandLine = CommandLine.Parse(["--vip", "203.0.113.10", "--health:tcp=127.0.0.1:6443", "--interface=a=b"], _problems);

        _problems.Should().BeEmpty();
        commandLine.Settings.Should().BeEquivalentTo(new Dictionary<string, string?>
        {
            ["vip"] = "203.0.113.10",
            ["health:tcp"] = "127.0.0.1:6443",
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
    [InlineData(new[] { "run" }, "argument 'run' is not understood: settings are given as --key value")]
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
    public void The_help_text_names_every_key_with_its_default_and_what_is_allowed()
    {
        var help = HelpText.Make();

        foreach (var setting in Settings.All)
        {
            help.Should().Contain($"  {setting.Key} ").And.Contain(setting.Meaning).And.Contain(setting.Allowed);
        }

        help.Should().Contain("default 179").And.Contain("required").And.Contain(ConfigurationSources.DefaultFile);
    }
}
