namespace BgpSharp.VipAdvertiser.Network;

/// <summary>An interface.</summary>
/// <param name="Index">Its index; a name that comes again comes with another one.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsUp">Administratively up: while it is not, the kernel receives nothing for its addresses.</param>
/// <param name="IsLoopback">Whether it is lo.</param>
internal sealed record NetworkLink(int Index, string Name, bool IsUp, bool IsLoopback);
