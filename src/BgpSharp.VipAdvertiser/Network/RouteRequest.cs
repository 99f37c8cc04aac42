namespace BgpSharp.VipAdvertiser.Network;

/// <summary>RTM_GETROUTE as bytes.</summary>
internal static class RouteRequest
{
    /// <summary>What it takes.</summary>
    public const int MaxLength = 32;

    /// <summary>Every route of a family; what is not wanted is skipped when reading, since kernels before 4.20 cannot choose.</summary>
    public static ReadOnlySpan<byte> List(Span<byte> buffer, byte family, uint sequence)
    {
        // rtmsg: family, two prefix lengths, TOS, then table, protocol, scope, type, and flags.
        var writer = new NetlinkWriter(buffer, NetlinkMessageType.GetRoute, NetlinkFlags.Request | NetlinkFlags.Dump, sequence);
        writer.Write((uint)family);
        writer.Write(0L);
        return writer.Finish();
    }
}
