using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace BgpSharp.Transport;

/// <summary>
/// Ties a connection to one interface (SO_BINDTODEVICE). What the system refuses is an exception: never by another interface
/// by accident. Names are looked up through the socket, whose network namespace counts and not the thread's.
/// </summary>
internal static partial class InterfaceBinding
{
    /// <summary>The longest name of an interface, in octets.</summary>
    public const int MaximumNameLength = 15;

    private const int SocketLevel = 1;
    private const int BindToDevice = 25;
    private const int IpLevel = 0;
    private const int PacketInformation = 8;
    private const int PacketOptions = 9;
    private const int Ipv6Level = 41;
    private const int Ipv6MulticastInterface = 17;
    private const nuint SiocGifIndex = 0x8933;

    // struct ifreq: name 16, then a union that begins with the index.
    private const int RequestLength = 40;
    private const int RequestNameLength = 16;

    // struct cmsghdr: length 8, level 4, type 4; then struct in_pktinfo, which begins with the index.
    private const int ControlHeaderLength = 16;
    private const int ControlLength = ControlHeaderLength + 12;

    /// <summary>Has everything of a socket leave and arrive by the interface.</summary>
    /// <exception cref="IOException">There is none of this name, or the system refuses.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static void Bind(Socket socket, string name)
    {
        IndexOf(socket, name);
        BindKnown(socket, name);
    }

    /// <summary>The same for an accepted connection, which must have come in by the interface.</summary>
    /// <exception cref="IOException">It came in by another one, there is none of this name, or the system refuses.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static void BindAccepted(Socket socket, string name)
    {
        var index = IndexOf(socket, name);
        if (ArrivalIndex(socket) is var arrival && arrival != index)
        {
            throw new IOException($"It came in by interface {arrival}, not by {name}, which is {index}.");
        }

        BindKnown(socket, name);
    }

    /// <summary>Whether an interface could have this name.</summary>
    public static bool IsName(string name) =>
        name is not ("" or "." or "..") && Encoding.UTF8.GetByteCount(name) <= MaximumNameLength
        && !name.Any(character => character is '/' or ':' || char.IsWhiteSpace(character) || char.IsControl(character));

    private static void BindKnown(Socket socket, string name)
    {
        try
        {
            socket.SetRawSocketOption(SocketLevel, BindToDevice, Encoding.UTF8.GetBytes(name + '\0'));
        }
        catch (SocketException exception)
        {
            throw new IOException($"The connection cannot be bound to interface {name}: {exception.Message}", exception);
        }
    }

    private static int IndexOf(Socket socket, string name)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("Binding a connection to an interface needs Linux.");
        }

        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        Encoding.UTF8.GetBytes(name, request[..MaximumNameLength]);
        return Ioctl(socket.SafeHandle, SiocGifIndex, ref MemoryMarshal.GetReference(request)) == 0
            ? BinaryPrimitives.ReadInt32LittleEndian(request[RequestNameLength..])
            : throw new IOException($"There is no interface {name}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
    }

    /// <summary>
    /// The interface that brought the end of the handshake. Linux takes it for the one that multicasts of the accepted socket
    /// would leave by, and tells it that way; nothing else does.
    /// </summary>
    private static int ArrivalIndex(Socket socket)
    {
        Span<byte> value = stackalloc byte[64];
        if (socket.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return socket.GetRawSocketOption(Ipv6Level, Ipv6MulticastInterface, value[..sizeof(int)]) == sizeof(int)
                ? BinaryPrimitives.ReadInt32LittleEndian(value)
                : 0;
        }

        SetPacketInformation(socket, 1);
        var length = socket.GetRawSocketOption(IpLevel, PacketOptions, value);
        SetPacketInformation(socket, 0);
        return length >= ControlLength
            && BinaryPrimitives.ReadInt32LittleEndian(value[8..]) == IpLevel
            && BinaryPrimitives.ReadInt32LittleEndian(value[12..]) == PacketInformation
            ? BinaryPrimitives.ReadInt32LittleEndian(value[ControlHeaderLength..])
            : 0;
    }

    private static void SetPacketInformation(Socket socket, int value) =>
        socket.SetRawSocketOption(IpLevel, PacketInformation, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeSocketHandle socket, nuint request, ref byte value);
}
