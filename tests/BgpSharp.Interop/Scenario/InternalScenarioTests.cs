namespace BgpSharp.Interop.Scenario;

/// <summary>The scenario with internal sessions: kubespray's defaults put both sides into AS 65000.</summary>
public sealed class InternalScenarioTests(InternalLab lab) : ScenarioTests(lab), IClassFixture<InternalLab>
{
    [Fact]
    public async Task The_router_sees_an_empty_AS_path_and_LOCAL_PREF_100()
    {
        var path = await PathFromAsync(1);

        path.GetProperty("aspath").GetProperty("length").GetInt32().Should().Be(0);
        path.GetProperty("locPrf").GetInt32().Should().Be(100);
        path.GetProperty("peer").GetProperty("type").GetString().Should().Be("internal");
    }
}
