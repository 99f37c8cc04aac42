namespace BgpSharp.Interop.Scenario;

/// <summary>The router is in the masters' AS 65000.</summary>
public sealed class InternalLab() : ScenarioLab(routerAsn: 65000);
