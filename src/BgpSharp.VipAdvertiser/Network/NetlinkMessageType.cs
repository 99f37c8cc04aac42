namespace BgpSharp.VipAdvertiser.Network;

/// <summary>nlmsg_type of the messages used here.</summary>
internal enum NetlinkMessageType : ushort
{
    Error = 2,
    Done = 3,
    NewLink = 16,
    DeleteLink = 17,
    GetLink = 18,
    NewAddress = 20,
    DeleteAddress = 21,
    GetAddress = 22,
    NewRoute = 24,
    DeleteRoute = 25,
    GetRoute = 26,
}
