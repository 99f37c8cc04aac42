namespace BgpSharp.VipAdvertiser.Network;

/// <summary>nlmsg_type of the messages used here.</summary>
internal enum NetlinkMessageType : ushort
{
    Error = 2,
    Done = 3,
    NewAddress = 20,
    DeleteAddress = 21,
    GetAddress = 22,
}
