using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BgpSharp.Interop.Harness;

/// <summary>A name server inside a namespace that knows one name, and its IPv4 address.</summary>
internal sealed class DnsResponder : IDisposable
{
    private const int Header = 12;
    private const ushort TypeA = 1;

    private readonly Socket _socket;
    private readonly byte[] _name;
    private readonly byte[] _address;
    private readonly CancellationTokenSource _stop = new();
    private int _answered;

    private DnsResponder(Socket socket, string name, IPAddress address)
    {
        _socket = socket;
        _name = [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];
        _address = address.GetAddressBytes();
        Completion = AnswerAsync();
    }

    /// <summary>Ends with <see cref="Dispose"/>, or with the error that stopped the server.</summary>
    public Task Completion { get; }

    /// <summary>How often it has given the address.</summary>
    public int Answered => Volatile.Read(ref _answered);

    public static DnsResponder Start(string ns, string name, IPAddress address)
    {
        var socket = NetNs.Run(ns, () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 53));
        return new(socket, name, address);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var query = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                await _socket.SendToAsync(Answer(buffer.AsSpan(0, query.ReceivedBytes)), query.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> query)
    {
        var asked = query[Header..];
        var name = asked[..(asked.IndexOf((byte)0) + 1)];
        var type = BinaryPrimitives.ReadUInt16BigEndian(asked[name.Length..]);
        var known = Encoding.ASCII.GetString(name).Equals(Encoding.ASCII.GetString(_name), StringComparison.OrdinalIgnoreCase);
        byte[] answer = [];
        if (known && type == TypeA)
        {
            Interlocked.Increment(ref _answered);
            answer = [0xc0, Header, 0, (byte)TypeA, 0, 1, 0, 0, 0, 60, 0, (byte)_address.Length, .. _address];
        }

        // A response, recursion desired and available; 3 is NXDOMAIN. One question, so many answers, nothing else.
        return [.. query[..2], 0x81, (byte)(known ? 0x80 : 0x83), 0, 1, 0, (byte)(answer.Length > 0 ? 1 : 0), 0, 0, 0, 0, .. asked[..(name.Length + 4)], .. answer];
    }
}
