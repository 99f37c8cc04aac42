namespace BgpSharp.VipAdvertiser.Network;

/// <summary>nlmsg_flags of requests and of what a dump gives.</summary>
[Flags]
internal enum NetlinkFlags : ushort
{
    Request = 0x001,
    Ack = 0x004,

    /// <summary>In a dump: the table changed while it was read.</summary>
    DumpInterrupted = 0x010,

    Replace = 0x100,
    Exclusive = 0x200,
    Dump = 0x300,
    Create = 0x400,
}
