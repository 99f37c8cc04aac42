using System.Text;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

public sealed class NotificationTextTests
{
    [Theory]
    [InlineData(1, 0, "", "Message Header Error, Unspecific (1/0)")]
    [InlineData(1, 1, "", "Message Header Error, Connection Not Synchronized (1/1)")]
    [InlineData(1, 2, "0012", "Message Header Error, Bad Message Length (1/2), data 0012")]
    [InlineData(1, 3, "06", "Message Header Error, Bad Message Type (1/3), data 06")]
    [InlineData(2, 0, "", "OPEN Message Error, Unspecific (2/0)")]
    [InlineData(2, 1, "0004", "OPEN Message Error, Unsupported Version Number (2/1), data 0004")]
    [InlineData(2, 2, "", "OPEN Message Error, Bad Peer AS (2/2)")]
    [InlineData(2, 3, "", "OPEN Message Error, Bad BGP Identifier (2/3)")]
    [InlineData(2, 4, "", "OPEN Message Error, Unsupported Optional Parameter (2/4)")]
    [InlineData(2, 5, "", "OPEN Message Error, Authentication Failure (2/5)")]
    [InlineData(2, 6, "", "OPEN Message Error, Unacceptable Hold Time (2/6)")]
    [InlineData(2, 7, "", "OPEN Message Error, Unsupported Capability (2/7)")]
    [InlineData(2, 8, "", "OPEN Message Error, subcode 8 (2/8)")]
    [InlineData(2, 11, "", "OPEN Message Error, Role Mismatch (2/11)")]
    [InlineData(3, 0, "", "UPDATE Message Error, Unspecific (3/0)")]
    [InlineData(3, 1, "", "UPDATE Message Error, Malformed Attribute List (3/1)")]
    [InlineData(3, 2, "", "UPDATE Message Error, Unrecognized Well-known Attribute (3/2)")]
    [InlineData(3, 3, "02", "UPDATE Message Error, Missing Well-known Attribute (3/3), data 02")]
    [InlineData(3, 4, "", "UPDATE Message Error, Attribute Flags Error (3/4)")]
    [InlineData(3, 5, "", "UPDATE Message Error, Attribute Length Error (3/5)")]
    [InlineData(3, 6, "", "UPDATE Message Error, Invalid ORIGIN Attribute (3/6)")]
    [InlineData(3, 7, "", "UPDATE Message Error, AS Routing Loop (3/7)")]
    [InlineData(3, 8, "", "UPDATE Message Error, Invalid NEXT_HOP Attribute (3/8)")]
    [InlineData(3, 9, "", "UPDATE Message Error, Optional Attribute Error (3/9)")]
    [InlineData(3, 10, "", "UPDATE Message Error, Invalid Network Field (3/10)")]
    [InlineData(3, 11, "", "UPDATE Message Error, Malformed AS_PATH (3/11)")]
    [InlineData(4, 0, "", "Hold Timer Expired (4/0)")]
    [InlineData(5, 0, "", "Finite State Machine Error, Unspecified Error (5/0)")]
    [InlineData(5, 1, "", "Finite State Machine Error, Unexpected Message in OpenSent (5/1)")]
    [InlineData(5, 2, "", "Finite State Machine Error, Unexpected Message in OpenConfirm (5/2)")]
    [InlineData(5, 3, "", "Finite State Machine Error, Unexpected Message in Established (5/3)")]
    [InlineData(6, 0, "", "Cease (6/0)")]
    [InlineData(6, 1, "0001 01 00000064", "Cease, Maximum Number of Prefixes Reached (6/1): 100 of ipv4-unicast")]
    [InlineData(6, 2, "", "Cease, Administrative Shutdown (6/2)")]
    [InlineData(6, 3, "", "Cease, Peer De-configured (6/3)")]
    [InlineData(6, 4, "", "Cease, Administrative Reset (6/4)")]
    [InlineData(6, 5, "", "Cease, Connection Rejected (6/5)")]
    [InlineData(6, 6, "", "Cease, Other Configuration Change (6/6)")]
    [InlineData(6, 7, "", "Cease, Connection Collision Resolution (6/7)")]
    [InlineData(6, 8, "", "Cease, Out of Resources (6/8)")]
    [InlineData(6, 9, "", "Cease, Hard Reset (6/9)")]
    [InlineData(6, 10, "", "Cease, BFD Down (6/10)")]
    [InlineData(6, 99, "", "Cease, subcode 99 (6/99)")]
    [InlineData(7, 1, "", "ROUTE-REFRESH Message Error, Invalid Message Length (7/1)")]
    [InlineData(8, 0, "", "Send Hold Timer Expired (8/0)")]
    [InlineData(42, 3, "", "Error 42, subcode 3 (42/3)")]
    public void Codes_and_subcodes_have_names(byte code, byte subcode, string data, string expected) =>
        new BgpNotification((BgpErrorCode)code, subcode, Hex.Bytes(data)).ToString().Should().Be(expected);

    [Theory]
    [InlineData(2, "Cease, Administrative Shutdown (6/2): \"back at 14:00 Zürich\"")]
    [InlineData(4, "Cease, Administrative Reset (6/4): \"back at 14:00 Zürich\"")]
    public void An_operators_text_is_shown(byte subcode, string expected) =>
        new BgpNotification(BgpErrorCode.Cease, subcode, ShutdownCommunication.Encode("back at 14:00 Zürich")).ToString().Should().Be(expected);

    [Theory]
    [InlineData("00", "Cease, Administrative Shutdown (6/2)")]
    [InlineData("04 41 0A 22 5C", "Cease, Administrative Shutdown (6/2): \"A\\u{A}\\\"\\\\\"")]
    [InlineData("03 41 FF 42", "Cease, Administrative Shutdown (6/2): \"A\\xFFB\"")]
    [InlineData("04 1B 5B 33 31", "Cease, Administrative Shutdown (6/2): \"\\u{1B}[31\"")]
    [InlineData("03 E2 80 AE", "Cease, Administrative Shutdown (6/2): \"\\u{202E}\"")]
    [InlineData("02 41 E2", "Cease, Administrative Shutdown (6/2): \"A\\xE2\"")]
    [InlineData("FF 41 42", "Cease, Administrative Shutdown (6/2): \"AB\"")]
    public void Text_that_would_garble_a_log_is_escaped(string data, string expected) =>
        new BgpNotification(BgpErrorCode.Cease, 2, Hex.Bytes(data)).ToString().Should().Be(expected);

    [Theory]
    [InlineData("0603", "Cease, Hard Reset (6/9): Cease, Peer De-configured (6/3)")]
    [InlineData("0602 03 627965", "Cease, Hard Reset (6/9): Cease, Administrative Shutdown (6/2): \"bye\"")]
    [InlineData("0400", "Cease, Hard Reset (6/9): Hold Timer Expired (4/0)")]
    [InlineData("030B AABB", "Cease, Hard Reset (6/9): UPDATE Message Error, Malformed AS_PATH (3/11), data AABB")]
    [InlineData("06", "Cease, Hard Reset (6/9), data 06")]
    [InlineData("0609 0603", "Cease, Hard Reset (6/9): Cease, Hard Reset (6/9), data 0603")]
    public void What_is_inside_a_Hard_Reset_is_shown(string data, string expected) =>
        new BgpNotification(BgpErrorCode.Cease, 9, Hex.Bytes(data)).ToString().Should().Be(expected);

    [Fact]
    public void Hard_Resets_inside_each_other_do_not_add_up()
    {
        var data = Enumerable.Repeat(new byte[] { 6, 9 }, 2000).SelectMany(pair => pair).ToArray();

        new BgpNotification(BgpErrorCode.Cease, 9, data).ToString().Length.Should().BeLessThan(200);
    }

    [Fact]
    public void Only_a_Cease_has_an_operators_text_and_only_a_Hard_Reset_a_reason()
    {
        new BgpNotification(BgpErrorCode.Cease, 2, [1, 65]).ShutdownCommunication.Should().Be("A");
        new BgpNotification(BgpErrorCode.Cease, 4, [1, 65, 66]).ShutdownCommunication.Should().Be("A", "what follows the text is not part of it");
        new BgpNotification(BgpErrorCode.Cease, 3, [1, 65]).ShutdownCommunication.Should().BeNull();
        new BgpNotification(BgpErrorCode.OpenMessage, 2, [1, 65]).ShutdownCommunication.Should().BeNull();
        new BgpNotification(BgpErrorCode.Cease, 2, []).ShutdownCommunication.Should().BeNull();
        new BgpNotification(BgpErrorCode.Cease, 9, [6, 4, 1, 65]).HardResetReason!.ShutdownCommunication.Should().Be("A");
        new BgpNotification(BgpErrorCode.Cease, 9, [6]).HardResetReason.Should().BeNull("RFC 8538 §3 wants code and subcode");
        new BgpNotification(BgpErrorCode.FiniteStateMachine, 9, [6, 4]).HardResetReason.Should().BeNull();
    }

    [Fact]
    public void Text_is_cut_between_characters_at_255_octets()
    {
        var data = ShutdownCommunication.Encode(new string('ü', 200));

        data[0].Should().Be(254, "the 128th character would need octets 255 and 256");
        Encoding.UTF8.GetString(data.AsSpan(1)).Should().Be(new string('ü', 127));
    }

    [Fact]
    public void Long_data_is_shown_in_part() =>
        new BgpNotification(BgpErrorCode.UpdateMessage, 9, new byte[100]).ToString().Should().EndWith("... (100 octets)");
}
