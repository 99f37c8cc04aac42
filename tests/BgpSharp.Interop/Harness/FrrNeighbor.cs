using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>A neighbor of an FRR router.</summary>
/// <param name="Address">Its address.</param>
/// <param name="RemoteAsn">Its AS.</param>
/// <param name="Settings">What follows <c>neighbor ADDRESS</c> on further lines, e.g. <c>passive</c>.</param>
internal sealed record FrrNeighbor(IPAddress Address, uint RemoteAsn, params string[] Settings);
