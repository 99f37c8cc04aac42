using System.Buffers;
using BgpSharp.Tests.Properties;
using BgpSharp.Wire;
using CsCheck;

namespace BgpSharp.Tests.Wire;

/// <summary>
/// OPENs, NOTIFICATIONs and ROUTE-REFRESHes that were cut, extended or flipped: each gives a typed outcome, and costs little
/// memory. A failure names the seed that repeats it.
/// </summary>
public sealed class MessageMutationTests
{
    private const int Times = 4000;

    // One OPEN with every capability in one parameter, one with a parameter for each, one in the extended form; NOTIFICATIONs
    // with all kinds of data; refreshes with and without filters.
    private static readonly string[] s_seeds =
    [
        """
        01  04 5BA0 005A C633640B 6E  02 6C
            0104 0001 00 01  0200  0506 0001 0001 0002  0600  0901 03  400A C078 00010180 00020100  4104 FA56EA00
            4508 00010103 00020101  4600  470E 00010180000E10 0002010000FFFF  4908 0272310461626364  4B06 05312E322E33  C803 AABBCC
            4610 00000000000000000000000000000000
        """,
        "01  04 FDE8 005A C633640B 18  02 06 0104 0001 00 01  02 02 0200  02 06 4104 0000FDE8  63 02 AABB",
        "01  04 FDE8 005A C633640B FF FF 0017  02 0006 0104 0001 00 01  02 0002 0200  02 0006 4104 0000FDE8",
        "03  06 02  05 68656C6C6F",
        "03  06 04  04 F09F9880 4578747261",
        "03  06 09  06 02 03 627965",
        "03  02 07  01 04 0002 00 01",
        "03  03 05  40 03 05 C633640901",
        "05  0001 00 01",
        "05  0002 01 01",
        "05  0001 00 01  01 40 000C  00 00000005 00 18 18 CB0071 00",
    ];

    [Fact]
    public void The_seeds_themselves_are_sound()
    {
        foreach (var seed in s_seeds)
        {
            var octets = Hex.Bytes(seed);
            Outcome(Hex.Message(octets[0], octets[1..])).Should().NotContain("(", "{0} is to be read without an error", seed);
        }
    }

    [Fact]
    public void A_damaged_message_gives_a_typed_outcome() =>
        Gen.Select(Gen.OneOf(s_seeds), Damage.Any).Sample((seed, damage) =>
        {
            var octets = Hex.Bytes(seed);
            Check(Hex.Message(octets[0], damage.Apply(octets[1..])));
        }, iter: Times, threads: 1);

    [Fact]
    public void The_most_capabilities_and_parameters_an_OPEN_can_hold_cost_little_memory()
    {
        // Empty parameters, empty capabilities, and capabilities of one octet: the most objects for the fewest octets.
        foreach (var unit in new[] { "02 0000", "63 0000", "02 0002 C800", "02 0003 C801AA", "02 00FC" + string.Concat(Enumerable.Repeat("C801AA", 84)) })
        {
            var one = Hex.Bytes(unit);
            var parameters = Enumerable.Repeat(one, (4096 - 32) / one.Length).SelectMany(octets => octets).ToArray();
            byte[] body = [.. Hex.Bytes("04 FDE8 005A C633640B FF FF"), (byte)(parameters.Length >> 8), (byte)parameters.Length, .. parameters];

            Check(Hex.Message(1, body)).Should().Be("OPEN", unit);
        }
    }

    /// <summary>Reads a message twice, the second time under the eye of the allocation counter.</summary>
    private static string Check(byte[] message)
    {
        var outcome = Outcome(message);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decode(message);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        allocated.Should().BeLessThanOrEqualTo((16 * message.Length) + 4096, "{0}: {1}", outcome, Convert.ToHexString(message));
        return outcome;
    }

    private static void Decode(byte[] message)
    {
        if (FrameReader.Read(message, WireLimits.ExtendedMessageLength, out FrameView frame, out _) != FrameStatus.Frame)
        {
            return;
        }

        switch (frame.Type)
        {
            case MessageType.Open:
                OpenCodec.TryDecode(frame.Body, out _, out _);
                break;
            case MessageType.Notification:
                NotificationCodec.Decode(frame.Body);
                break;
            case MessageType.RouteRefresh:
                RouteRefreshCodec.TryDecode(frame.Body, out _, out _);
                break;
        }
    }

    /// <summary>The outcome in words; what could be read is also described, and gives the same octets again.</summary>
    private static string Outcome(byte[] message)
    {
        var status = FrameReader.Read(message, WireLimits.ExtendedMessageLength, out FrameView frame, out var error);
        if (status == FrameStatus.Error)
        {
            return error.ToString();
        }

        status.Should().Be(FrameStatus.Frame, "the header says how long the message is");
        var output = new ArrayBufferWriter<byte>();
        switch (frame.Type)
        {
            case MessageType.Open when OpenCodec.TryDecode(frame.Body, out var open, out error):
                open.Capabilities.Select(capability => capability.ToString()).Should().NotContainNulls();
                OpenCodec.Encode(open, output);
                if (open.HasExtendedParameters)
                {
                    // The length octet before them means nothing, and is written as RFC 9072 §2 wants it.
                    message[28] = 0xFF;
                }

                break;
            case MessageType.Notification:
                var notification = NotificationCodec.Decode(frame.Body);
                notification.ToString().Should().NotContainAny("\n", "\r", "\u001b");
                NotificationCodec.Encode(notification, output);
                output.WrittenSpan.ToArray().Should().Equal(message, "a NOTIFICATION is what it is");
                return "NOTIFICATION";
            case MessageType.RouteRefresh when RouteRefreshCodec.TryDecode(frame.Body, out var refresh, out error):
                refresh.ToString().Should().NotBeEmpty();
                RouteRefreshCodec.Encode(refresh, output);
                break;
            default:
                error.Code.Should().NotBe(default(BgpErrorCode));
                return error.ToString();
        }

        output.WrittenSpan.ToArray().Should().Equal(message, "what was read is written again");
        return frame.Type.ToString().ToUpperInvariant();
    }
}
