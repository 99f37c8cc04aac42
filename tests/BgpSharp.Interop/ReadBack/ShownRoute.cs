namespace BgpSharp.Interop.ReadBack;

/// <summary>A route as a router shows it.</summary>
/// <param name="NextHop">The next hop, or several with a blank between them.</param>
/// <param name="Attributes">All other attributes, one a line, in the router's words and order.</param>
internal sealed record ShownRoute(string NextHop, string Attributes);
