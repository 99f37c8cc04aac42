using System.Net;
using EcmpLab;

namespace BgpSharp.Tests.Samples;

/// <summary>What EcmpLab makes of the next hops it sees.</summary>
public sealed class EcmpLabTests
{
    [Fact]
    public async Task Three_then_two_then_three_next_hops_are_a_success()
    {
        var lab = new ScriptedLab([11, 12, 13], [11, 13], [11, 12, 13]);

        var (exitCode, output, _) = await RunAsync(lab);

        exitCode.Should().Be(0);
        output.Should().Contain("next hops seen    3, 2, 3").And.EndWith("ok\n");
        lab.Calls.Should().Equal("start 1", "start 2", "start 3", "fail 2", "start 2", "dispose");
    }

    [Theory]
    [InlineData("3, 3, 3", new[] { 11, 12, 13 }, new[] { 11, 12, 13 }, new[] { 11, 12, 13 })]
    [InlineData("3, 2, 2", new[] { 11, 12, 13 }, new[] { 11, 13 }, new[] { 11, 13 })]
    [InlineData("0, 2, 3", new int[0], new[] { 11, 13 }, new[] { 11, 12, 13 })]
    [InlineData("3, 2, 3", new[] { 11, 12, 13 }, new[] { 12, 13 }, new[] { 11, 12, 13 })]
    public async Task Other_next_hops_are_a_failure_even_when_their_number_is_right(string seen, int[] first, int[] second, int[] third)
    {
        var lab = new ScriptedLab(first, second, third);

        var (exitCode, output, _) = await RunAsync(lab);

        exitCode.Should().Be(1);
        output.Should().Contain($"next hops seen    {seen} ").And.EndWith("FAILED\n");
        lab.Calls.Should().EndWith("dispose", "a failed lab is taken down too");
    }

    [Fact]
    public async Task A_lab_that_cannot_be_built_is_a_failure_with_one_line()
    {
        var (exitCode, _, errors) = await RunAsync(() => throw new LabException("FRR is not there; install it"));

        exitCode.Should().Be(1);
        errors.Should().Be("EcmpLab: FRR is not there; install it\n");
    }

    [Fact]
    public async Task An_interrupted_lab_is_taken_down()
    {
        using var stopping = new CancellationTokenSource();
        var lab = new ScriptedLab([]) { OnWait = stopping.Cancel };

        var (exitCode, _, errors) = await RunAsync(() => Task.FromResult<ILab>(lab), stopping.Token);

        exitCode.Should().Be(1);
        errors.Should().Be("EcmpLab: interrupted\n");
        lab.Calls.Should().EndWith("dispose");
    }

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(ScriptedLab lab) =>
        RunAsync(() => Task.FromResult<ILab>(lab), TestContext.Current.CancellationToken);

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(Func<Task<ILab>> create, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await Scenario.RunAsync(create, output, errors, cancellationToken);
        return (exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>A lab whose router sees what the test says, one answer a wait.</summary>
    private sealed class ScriptedLab(params int[][] seen) : ILab
    {
        private readonly Queue<int[]> _seen = new(seen);

        public List<string> Calls { get; } = [];

        public Action? OnWait { get; init; }

        public string Description => "scripted";

        public IPAddress AddressOf(int master) => Address(10 + master);

        public Task StartMasterAsync(int master) => Call($"start {master}");

        public Task FailMasterAsync(int master) => Call($"fail {master}");

        public Task<IReadOnlyCollection<IPAddress>> WaitForNextHopsAsync(IReadOnlyCollection<IPAddress> wanted, TimeSpan limit, CancellationToken cancellationToken)
        {
            OnWait?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<IReadOnlyCollection<IPAddress>>([.. _seen.Dequeue().Select(Address)]);
        }

        public Task<string> ShowAsync() => Task.FromResult("");

        public ValueTask DisposeAsync()
        {
            Calls.Add("dispose");
            return ValueTask.CompletedTask;
        }

        private static IPAddress Address(int host) => new([198, 51, 100, (byte)host]);

        private Task Call(string what)
        {
            Calls.Add(what);
            return Task.CompletedTask;
        }
    }
}
