using System.Net;

namespace BgpSharp.Tests.Rib;

internal sealed record ModelRoute(IPAddress? NextHop, uint? Med, uint? LocalPref);
