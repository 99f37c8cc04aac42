using System.Net;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>The bytes of the kernel's answers, on a little-endian host.</summary>
public sealed class AddressReplyTests
{
    private const string RequestHeader = "44000000" + "1400" + "0506" + "01000000" + "00000000";

    private const string VipOnLoopback =
        "40000000" + "1400" + "0200" + "01000000" + "99000000" +
        "02" + "20" + "80" + "FE" + "01000000" +
        "08000100CB00710A" + "08000200CB00710A" +
        "07000300" + "6C6F0000" +                // IFA_LABEL "lo", padded
        "08000800" + "A0000000" +                // IFA_FLAGS: permanent, deprecated
        "08000900" + "AB0EAE0A";

    [Fact]
    public void Error_zero_is_success()
    {
        Outcome("24000000" + "0200" + "0001" + "01000000" + "00000000" + "00000000" + RequestHeader).Should().Be((0, null));
    }

    [Fact]
    public void A_negative_error_is_the_errno_and_the_capped_request_is_skipped_to_find_the_text()
    {
        Outcome("38000000" + "0200" + "0003" + "01000000" + "00000000" + "EFFFFFFF" + RequestHeader + "12000100" + Ascii("already there\0") + "0000")
            .Should().Be((17, "already there"));
    }

    [Fact]
    public void A_request_that_comes_back_whole_is_skipped_by_its_own_length()
    {
        string request = "18000000" + "1600" + "0103" + "01000000" + "00000000" + "0000000000000000";
        Outcome("38000000" + "0200" + "0002" + "01000000" + "00000000" + "EAFFFFFF" + request + "0C000100" + Ascii("no luck\0"))
            .Should().Be((22, "no luck"));
    }

    [Fact]
    public void The_end_of_a_dump_carries_its_error_too()
    {
        Outcome("14000000" + "0300" + "0200" + "01000000" + "00000000" + "00000000").Should().Be((0, null));
        Outcome("14000000" + "0300" + "0200" + "01000000" + "00000000" + "EAFFFFFF").Should().Be((22, null));
    }

    [Fact]
    public void An_address_message_gives_every_field_and_the_flags_attribute_wins_over_the_header()
    {
        Address(VipOnLoopback).Should().Be(new InterfaceAddress
        {
            InterfaceIndex = 1,
            Address = IPAddress.Parse("203.0.113.10"),
            PrefixLength = 32,
            Scope = AddressScope.Host,
            Flags = AddressFlags.Permanent | AddressFlags.Deprecated,
            Metric = OwnerMark.Default.Metric,
        });
    }

    [Fact]
    public void On_a_point_to_point_link_the_local_address_is_ours()
    {
        Address("28000000" + "1400" + "0200" + "01000000" + "00000000" + "02" + "20" + "80" + "00" + "02000000" +
            "08000100C6336402" + "08000200C6336401")!.Address.Should().Be(IPAddress.Parse("198.51.100.1"));
    }

    [Theory]
    [InlineData("18000000" + "1400" + "0200" + "01000000" + "00000000" + "02208000" + "01000000", "no address attribute")]
    [InlineData("1E000000" + "1400" + "0200" + "01000000" + "00000000" + "02208000" + "01000000" + "06000100CB00", "an address of two octets")]
    [InlineData("1C000000" + "1400" + "0200" + "01000000" + "00000000" + "02208000" + "01000000" + "40000100", "an attribute longer than the message")]
    [InlineData("14000000" + "1400" + "0200" + "01000000" + "00000000" + "02208000", "a header cut short")]
    public void A_message_without_a_readable_address_is_no_address(string message, string because)
    {
        Address(message).Should().BeNull(because);
    }

    [Fact]
    public void A_datagram_is_read_message_by_message_until_nothing_whole_is_left()
    {
        ReadOnlySpan<byte> datagram = Convert.FromHexString(VipOnLoopback + VipOnLoopback + VipOnLoopback[..^2]);

        NetlinkMessage.TryRead(ref datagram, out _).Should().BeTrue();
        NetlinkMessage.TryRead(ref datagram, out _).Should().BeTrue();
        NetlinkMessage.TryRead(ref datagram, out _).Should().BeFalse("the last message is one octet short");
    }

    [Theory]
    [InlineData("0F000000" + "1400" + "0200" + "01000000" + "00000000", "shorter than its own header")]
    [InlineData("FFFFFFFF" + "1400" + "0200" + "01000000" + "00000000", "a negative length")]
    [InlineData("10000000" + "1400" + "0200" + "01000000", "a header cut short")]
    public void A_message_with_an_impossible_length_ends_the_datagram(string bytes, string because)
    {
        ReadOnlySpan<byte> datagram = Convert.FromHexString(bytes);

        NetlinkMessage.TryRead(ref datagram, out _).Should().BeFalse(because);
    }

    private static NetlinkMessage Message(string hex)
    {
        ReadOnlySpan<byte> datagram = Convert.FromHexString(hex);
        NetlinkMessage.TryRead(ref datagram, out NetlinkMessage message).Should().BeTrue("the length has to fit: {0} octets", hex.Length / 2);
        datagram.IsEmpty.Should().BeTrue("the length has to fit");
        return message;
    }

    private static (int Errno, string? Text) Outcome(string hex)
    {
        NetlinkOutcome.Read(Message(hex), out int errno, out string? text);
        return (errno, text);
    }

    private static InterfaceAddress? Address(string hex) =>
        AddressReply.TryRead(Message(hex), out InterfaceAddress? address) ? address : null;

    private static string Ascii(string text) => Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text));
}
