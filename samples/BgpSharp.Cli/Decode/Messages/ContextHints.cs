namespace BgpSharp.Cli.Decode.Messages;

/// <summary>What the input tells about how the messages of a direction are written. Null: it does not tell.</summary>
/// <param name="FourOctetAsn">AS numbers have four octets.</param>
/// <param name="AddPathIpv4Unicast">IPv4 prefixes have path identifiers.</param>
/// <param name="AddPathIpv6Unicast">IPv6 prefixes have path identifiers.</param>
/// <param name="IsInternal">Both sides are in one AS.</param>
internal readonly record struct ContextHints(bool? FourOctetAsn, bool? AddPathIpv4Unicast, bool? AddPathIpv6Unicast, bool? IsInternal)
{
    /// <summary>Takes from others what is not told here.</summary>
    public ContextHints Or(in ContextHints others) => new(
        FourOctetAsn ?? others.FourOctetAsn,
        AddPathIpv4Unicast ?? others.AddPathIpv4Unicast,
        AddPathIpv6Unicast ?? others.AddPathIpv6Unicast,
        IsInternal ?? others.IsInternal);
}
