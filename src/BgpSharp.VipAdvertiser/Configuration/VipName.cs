using System.Net;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>A virtual IP as it is configured.</summary>
/// <param name="Text">An address or a DNS name.</param>
/// <param name="Address">Null: it is a name.</param>
internal sealed record VipName(string Text, IPAddress? Address);
