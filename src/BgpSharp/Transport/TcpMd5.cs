using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace BgpSharp.Transport;

/// <summary>TCP-MD5 signatures (RFC 2385) through Linux' TCP_MD5SIG. A key the kernel refuses is an exception: never unsigned by accident.</summary>
internal static class TcpMd5
{
    public const int MaximumKeyLength = 80;

    private const int TcpLevel = 6;
    private const int TcpMd5Sig = 14;
    private const int AddressNotAvailable = 99;

    // struct tcp_md5sig: sockaddr_storage 128, flags 1, prefixlen 1, keylen 2, ifindex 4, key 80.
    private const int StructLength = 216;
    private const int KeyLengthOffset = 130;
    private const int KeyOffset = 136;

    public static void Set(Socket socket, IPAddress peer, BgpSecret password)
    {
        var key = password.Read();
        if (key.Length is 0 or > MaximumKeyLength)
        {
            throw new InvalidOperationException($"A TCP-MD5 password has 1 to {MaximumKeyLength} octets; the one for {peer} has {key.Length}.");
        }

        Apply(socket, peer, key);
    }

    public static void Clear(Socket socket, IPAddress peer)
    {
        try
        {
            Apply(socket, peer, []);
        }
        catch (SocketException exception) when (exception.NativeErrorCode == AddressNotAvailable)
        {
            // There was no key: what was asked for already holds.
        }
    }

    private static void Apply(Socket socket, IPAddress peer, ReadOnlySpan<byte> key)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("TCP-MD5 needs Linux.");
        }

        // On an IPv6 socket the kernel wants IPv4 peers in mapped form.
        var address = socket.AddressFamily == AddressFamily.InterNetworkV6 ? peer.MapToIPv6() : peer;
        Span<byte> option = stackalloc byte[StructLength];
        option.Clear();
        new IPEndPoint(address, 0).Serialize().Buffer.Span.CopyTo(option);
        BinaryPrimitives.WriteUInt16LittleEndian(option[KeyLengthOffset..], (ushort)key.Length);
        key.CopyTo(option[KeyOffset..]);
        try
        {
            socket.SetRawSocketOption(TcpLevel, TcpMd5Sig, option);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(option);
        }
    }
}
