using System.Net;
using System.Net.Sockets;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>The name of the control socket: an abstract one, so that there is no file to leave behind and one host a network namespace.</summary>
internal static class ControlAddress
{
    public const string DefaultName = "bgpsharp-vip";

    /// <summary>What a name may be, for error messages.</summary>
    public const string Allowed = "1 to 100 letters, digits, '.', '_' or '-'";

    public static bool IsValid(string name) =>
        name.Length is >= 1 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    public static EndPoint Of(string name) => new UnixDomainSocketEndPoint("\0" + name);

    public static Socket Open() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
