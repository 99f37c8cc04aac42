using System.Text;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

public sealed class NotificationTextTests
{
    [Theory]
    [InlineData(1, 2, "0012", "Message Header Error, Bad Message Length (1/2), data 0012")]
    [InlineData(2, 0, "", "OPEN Message Error (2/0)")]
    [InlineData(2, 2, "", "OPEN Message Error, Bad Peer AS (2/2)")]
    [InlineData(2, 6, "", "OPEN Message Error, Unacceptable Hold Time (2/6)")]
    [InlineData(2, 7, "", "OPEN Message Error, Unsupported Capability (2/7)")]
    [InlineData(3, 11, "", "UPDATE Message Error, Malformed AS_PATH (3/11)")]
    [InlineData(4, 0, "", "Hold Timer Expired (4/0)")]
    [InlineData(5, 1, "", "Finite State Machine Error, Unexpected Message in OpenSent (5/1)")]
    [InlineData(6, 2, "", "Cease, Administrative Shutdown (6/2)")]
    [InlineData(6, 5, "", "Cease, Connection Rejected (6/5)")]
    [InlineData(6, 99, "", "Cease, subcode 99 (6/99)")]
    [InlineData(7, 1, "", "ROUTE-REFRESH Message Error, Invalid Message Length (7/1)")]
    [InlineData(8, 0, "", "Send Hold Timer Expired (8/0)")]
    [InlineData(42, 3, "", "Error 42, subcode 3 (42/3)")]
    public void Codes_and_subcodes_have_names(byte code, byte subcode, string data, string expected) =>
        new BgpNotification((BgpErrorCode)code, subcode, Convert.FromHexString(data)).ToString().Should().Be(expected);

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
