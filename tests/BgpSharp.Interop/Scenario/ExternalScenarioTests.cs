namespace BgpSharp.Interop.Scenario;

/// <summary>The scenario with external sessions.</summary>
public sealed class ExternalScenarioTests(ExternalLab lab) : ScenarioTests(lab), IClassFixture<ExternalLab>
{
    [Fact]
    public async Task The_router_sees_our_AS_prepended_and_no_LOCAL_PREF()
    {
        var path = await PathFromAsync(1);

        path.GetProperty("aspath").GetProperty("string").GetString().Should().Be("65000");
        path.TryGetProperty("locPrf", out _).Should().BeFalse("LOCAL_PREF does not go to external peers (RFC 4271 §5.1.5)");
        path.GetProperty("peer").GetProperty("type").GetString().Should().Be("external");
    }
}
