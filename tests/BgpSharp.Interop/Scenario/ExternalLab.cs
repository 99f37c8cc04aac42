namespace BgpSharp.Interop.Scenario;

/// <summary>The router is in AS 65001.</summary>
public sealed class ExternalLab() : ScenarioLab(routerAsn: 65001);
