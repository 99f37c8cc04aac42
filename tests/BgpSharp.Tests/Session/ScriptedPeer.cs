using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

/// <summary>The other end of a connection, played by a test: sends what it is told to, and reads one message at a time.</summary>
internal sealed class ScriptedPeer(BgpConnection connection, Asn asn, BgpIdentifier identifier) : IAsyncDisposable
{
    /// <summary>Long enough for any machine; a test that waits this long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public BgpConnection Connection => connection;

    public ushort HoldTime { get; init; } = 90;

    /// <summary>Further capabilities in the OPEN; with extended messages among them, messages may be as long as those.</summary>
    public IReadOnlyList<BgpCapability> MoreCapabilities { get; init; } = [];

    public async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        using var limit = new CancellationTokenSource(Patience);
        await connection.SendAsync(message, limit.Token);
    }

    public Task SendOpenAsync() => SendOpenAsync(DefaultOpen());

    public Task SendOpenAsync(OpenMessage open) => SendAsync(Encode(output => OpenCodec.Encode(open, output)));

    public Task SendKeepaliveAsync() => SendAsync(Encode(KeepaliveCodec.Encode));

    public Task SendNotificationAsync(BgpNotification notification) => SendAsync(Encode(output => NotificationCodec.Encode(notification, output)));

    /// <summary>Announces IPv4 prefixes with one set of attributes.</summary>
    public async Task SendUpdateAsync(BgpRouteAttributes attributes, params IpPrefix[] prefixes)
    {
        var context = new WireContext { FourOctetAsn = true };
        var buffer = new byte[4096];
        var length = UpdateWriter.WriteAnnouncements(buffer, BgpFamily.Ipv4Unicast, attributes, prefixes, in context, out var taken);
        taken.Should().Be(prefixes.Length);
        await SendAsync(buffer.AsMemory(0, length));
    }

    /// <summary>Opens the session as an ordinary peer does: OPEN and KEEPALIVE both ways.</summary>
    public async Task EstablishAsync()
    {
        await ExpectAsync(MessageType.Open);
        await SendOpenAsync();
        await ExpectAsync(MessageType.Keepalive);
        await SendKeepaliveAsync();
    }

    /// <summary>Reads the next message; fails when none comes.</summary>
    public async Task<(MessageType Type, byte[] Body)> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var result = await connection.Input.ReadAsync(limit.Token);
            var buffer = result.Buffer;
            var longest = MoreCapabilities.Contains(BgpCapability.ExtendedMessage) ? WireLimits.ExtendedMessageLength : WireLimits.MaximumMessageLength;
            var status = FrameReader.Read(buffer, longest, out var frame, out var error);
            if (status == FrameStatus.Frame)
            {
                var message = (frame.Type, frame.Body.ToArray());
                connection.Input.AdvanceTo(frame.End);
                return message;
            }

            status.Should().Be(FrameStatus.NeedMore, $"the speaker must send whole, valid messages, not {error}");
            connection.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                throw new EndOfStreamException("The speaker closed the connection.");
            }
        }
    }

    public async Task<byte[]> ExpectAsync(MessageType expected)
    {
        var (type, body) = await ReadAsync();
        type.Should().Be(expected, expected == MessageType.Notification || type != MessageType.Notification ? "" : NotificationCodec.Decode(body).ToString());
        return body;
    }

    public async Task<BgpNotification> ExpectNotificationAsync()
    {
        while (true)
        {
            var (type, body) = await ReadAsync();
            if (type == MessageType.Notification)
            {
                return NotificationCodec.Decode(body);
            }
        }
    }

    public async Task<BgpUpdate> ExpectUpdateAsync(bool fourOctetAsn = true)
    {
        var body = await ExpectAsync(MessageType.Update);
        return Decode(body, new WireContext { FourOctetAsn = fourOctetAsn });
    }

    /// <summary>Reads until the speaker has closed its side.</summary>
    public async Task ExpectCloseAsync()
    {
        var read = async () =>
        {
            while (true)
            {
                await ReadAsync();
            }
        };
        await read.Should().ThrowAsync<EndOfStreamException>("the speaker closes after its NOTIFICATION");
    }

    public OpenMessage DefaultOpen() => new()
    {
        MyAutonomousSystem = asn.IsTwoOctet ? (ushort)asn.Value : (ushort)Asn.Trans.Value,
        HoldTime = HoldTime,
        Identifier = identifier,
        Capabilities = [MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast), BgpCapability.RouteRefresh, FourOctetAsnCapability.Create(asn), .. MoreCapabilities],
    };

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static BgpUpdate Decode(byte[] body, WireContext context)
    {
        UpdateDecoder.Decode(body, in context, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());
        return view.ToUpdate();
    }

    private static byte[] Encode(Action<IBufferWriter<byte>> encode)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        return output.WrittenSpan.ToArray();
    }
}
