using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Testing;

/// <summary>
/// A peer that a test plays on one connection: it sends what it is told to, reads one message at a time, and does nothing of
/// its own accord, KEEPALIVEs included. No wait is longer than <see cref="Patience"/>, and then throws
/// <see cref="OperationCanceledException"/>. Not thread-safe, but for sending beside reading.
/// </summary>
public sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly Asn _asn;
    private readonly BgpIdentifier _identifier;

    /// <summary>Takes a connection over.</summary>
    /// <param name="connection">Accepted from a <see cref="MemoryListener"/>, or dialled; disposed with the peer.</param>
    /// <param name="asn">The peer's AS.</param>
    /// <param name="identifier">The peer's identifier.</param>
    public ScriptedPeer(BgpConnection connection, Asn asn, BgpIdentifier identifier)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Connection = connection;
        _asn = asn;
        _identifier = identifier;
    }

    /// <summary>How long a wait may take, on the machine's clock: 20 s, more than any machine needs.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    /// <summary>The connection.</summary>
    public BgpConnection Connection { get; }

    /// <summary>The hold time in the OPEN, in seconds: 0, or 3 to 65535. Default: 90.</summary>
    public ushort HoldTime { get; init; } = 90;

    /// <summary>
    /// Capabilities in the OPEN beside IPv4 unicast, route refresh and four-octet AS numbers; with extended messages among
    /// them, messages read may be as long as those. Default: none.
    /// </summary>
    public IReadOnlyList<BgpCapability> MoreCapabilities { get; init; } = [];

    /// <summary>Sends octets as they are.</summary>
    /// <param name="message">A message, or what is none.</param>
    /// <returns>Completes when the connection has taken them.</returns>
    /// <exception cref="IOException">The speaker has closed the connection.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        using var limit = new CancellationTokenSource(Patience);
        await Connection.SendAsync(message, limit.Token).ConfigureAwait(false);
    }

    /// <summary>Sends <see cref="DefaultOpen"/>.</summary>
    /// <returns>Completes when the connection has taken it.</returns>
    public Task SendOpenAsync() => SendOpenAsync(DefaultOpen());

    /// <summary>Sends an OPEN.</summary>
    /// <param name="open">What is in it.</param>
    /// <returns>Completes when the connection has taken it.</returns>
    public Task SendOpenAsync(OpenMessage open) => SendAsync(Encode(output => OpenCodec.Encode(open, output)));

    /// <summary>Sends a KEEPALIVE.</summary>
    /// <returns>Completes when the connection has taken it.</returns>
    public Task SendKeepaliveAsync() => SendAsync(Encode(KeepaliveCodec.Encode));

    /// <summary>Sends a NOTIFICATION.</summary>
    /// <param name="notification">What is in it.</param>
    /// <returns>Completes when the connection has taken it.</returns>
    public Task SendNotificationAsync(BgpNotification notification) => SendAsync(Encode(output => NotificationCodec.Encode(notification, output)));

    /// <summary>Announces IPv4 prefixes with one set of attributes, with four-octet AS numbers.</summary>
    /// <param name="attributes">The attributes, ORIGIN, AS_PATH and NEXT_HOP among them.</param>
    /// <param name="prefixes">The prefixes, as many as one message holds.</param>
    /// <returns>Completes when the connection has taken the UPDATE.</returns>
    /// <exception cref="ArgumentException">The prefixes do not fit.</exception>
    public Task SendUpdateAsync(BgpRouteAttributes attributes, params IpPrefix[] prefixes)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        var context = new WireContext { FourOctetAsn = true };
        var buffer = new byte[WireLimits.MaximumMessageLength];
        var length = UpdateWriter.WriteAnnouncements(buffer, BgpFamily.Ipv4Unicast, attributes, prefixes, in context, out var taken);
        return taken == prefixes.Length
            ? SendAsync(buffer.AsMemory(0, length))
            : throw new ArgumentException($"One message holds {taken} of the {prefixes.Length} prefixes.", nameof(prefixes));
    }

    /// <summary>Opens the session as an ordinary peer does: OPEN and KEEPALIVE both ways.</summary>
    /// <returns>Completes when the last of them is sent; the speaker has yet to act upon it.</returns>
    /// <exception cref="InvalidOperationException">The speaker sent something else.</exception>
    public async Task EstablishAsync()
    {
        await ExpectAsync(MessageType.Open).ConfigureAwait(false);
        await SendOpenAsync().ConfigureAwait(false);
        await ExpectAsync(MessageType.Keepalive).ConfigureAwait(false);
        await SendKeepaliveAsync().ConfigureAwait(false);
    }

    /// <summary>Reads the next message.</summary>
    /// <returns>Its type, and its octets behind the header.</returns>
    /// <exception cref="EndOfStreamException">The speaker closed the connection.</exception>
    /// <exception cref="InvalidOperationException">What the speaker sent is no message.</exception>
    public async Task<(MessageType Type, byte[] Body)> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var result = await Connection.Input.ReadAsync(limit.Token).ConfigureAwait(false);
            var buffer = result.Buffer;
            var longest = MoreCapabilities.Contains(BgpCapability.ExtendedMessage) ? WireLimits.ExtendedMessageLength : WireLimits.MaximumMessageLength;
            var status = FrameReader.Read(buffer, longest, out var frame, out var error);
            if (status == FrameStatus.Frame)
            {
                var message = (frame.Type, frame.Body.ToArray());
                Connection.Input.AdvanceTo(frame.End);
                return message;
            }

            Connection.Input.AdvanceTo(buffer.Start, buffer.End);
            if (status != FrameStatus.NeedMore)
            {
                throw new InvalidOperationException($"The speaker sent what is no message: {error}.");
            }

            if (result.IsCompleted)
            {
                throw new EndOfStreamException("The speaker closed the connection.");
            }
        }
    }

    /// <summary>Reads the next message, which has to be of one type.</summary>
    /// <param name="expected">The type.</param>
    /// <returns>Its octets behind the header.</returns>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    /// <exception cref="EndOfStreamException">The speaker closed the connection.</exception>
    public async Task<byte[]> ExpectAsync(MessageType expected)
    {
        var (type, body) = await ReadAsync().ConfigureAwait(false);
        return type == expected ? body
            : throw new InvalidOperationException(
                $"Expected {expected} from the speaker, it sent {(type == MessageType.Notification ? $"the NOTIFICATION {NotificationCodec.Decode(body)}" : type)}.");
    }

    /// <summary>Reads up to the next NOTIFICATION; what comes before it is skipped.</summary>
    /// <returns>The NOTIFICATION.</returns>
    /// <exception cref="EndOfStreamException">The speaker closed the connection without one.</exception>
    public async Task<BgpNotification> ExpectNotificationAsync()
    {
        while (true)
        {
            var (type, body) = await ReadAsync().ConfigureAwait(false);
            if (type == MessageType.Notification)
            {
                return NotificationCodec.Decode(body);
            }
        }
    }

    /// <summary>Reads the next message, which has to be an UPDATE without a mistake.</summary>
    /// <param name="fourOctetAsn">Whether AS numbers have four octets (RFC 6793).</param>
    /// <returns>The UPDATE.</returns>
    /// <exception cref="InvalidOperationException">It is none, or malformed.</exception>
    /// <exception cref="EndOfStreamException">The speaker closed the connection.</exception>
    public async Task<BgpUpdate> ExpectUpdateAsync(bool fourOctetAsn = true)
    {
        var body = await ExpectAsync(MessageType.Update).ConfigureAwait(false);
        return Decode(body, new WireContext { FourOctetAsn = fourOctetAsn });
    }

    /// <summary>Reads until the speaker has closed its side; what comes before that is skipped.</summary>
    /// <returns>Completes when it has.</returns>
    public async Task ExpectCloseAsync()
    {
        try
        {
            while (true)
            {
                await ReadAsync().ConfigureAwait(false);
            }
        }
        catch (EndOfStreamException)
        {
            // That is the close.
        }
    }

    /// <summary>The OPEN of an ordinary peer with this AS, identifier, hold time and these capabilities.</summary>
    /// <returns>A new one each time.</returns>
    public OpenMessage DefaultOpen() => new()
    {
        MyAutonomousSystem = _asn.IsTwoOctet ? (ushort)_asn.Value : (ushort)Asn.Trans.Value,
        HoldTime = HoldTime,
        Identifier = _identifier,
        Capabilities = [MultiprotocolCapability.Create(BgpFamily.Ipv4Unicast), BgpCapability.RouteRefresh, FourOctetAsnCapability.Create(_asn), .. MoreCapabilities],
    };

    /// <summary>Closes the connection, without a NOTIFICATION.</summary>
    /// <returns>Completes when it is closed.</returns>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static BgpUpdate Decode(byte[] body, WireContext context) =>
        UpdateDecoder.Decode(body, in context, out var view, out var problem) == UpdateVerdict.Accept
            ? view.ToUpdate()
            : throw new InvalidOperationException($"The speaker sent a malformed UPDATE: {problem}.");

    private static byte[] Encode(Action<IBufferWriter<byte>> encode)
    {
        var output = new ArrayBufferWriter<byte>();
        encode(output);
        return output.WrittenSpan.ToArray();
    }
}
