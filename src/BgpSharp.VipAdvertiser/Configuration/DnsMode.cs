namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Which addresses of a DNS name become VIPs.</summary>
internal enum DnsMode
{
    /// <summary>The first one, of whichever family.</summary>
    First,

    /// <summary>The first IPv4 address.</summary>
    Ipv4,

    /// <summary>The first IPv6 address.</summary>
    Ipv6,

    /// <summary>The first of each family.</summary>
    Dual,
}
