using System.Net;
using BgpSharp.Cli;
using BgpSharp.Cli.Events;

namespace BgpSharp.Tests.Samples;

/// <summary>The parts of bgpsharp listen: endpoints, the place for one peer, the lines.</summary>
public sealed class ListenTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("198.51.100.9", "198.51.100.9:179")]
    [InlineData("198.51.100.9:1179", "198.51.100.9:1179")]
    [InlineData("2001:db8::9", "[2001:db8::9]:179")]
    [InlineData("[2001:db8::9]:1179", "[2001:db8::9]:1179")]
    public void A_peer_has_port_179_unless_it_names_one(string text, string expected)
    {
        Parsers.TryParsePeer(text, out var peer).Should().BeTrue();
        peer!.ToString().Should().Be(expected);
    }

    [Theory]
    [InlineData("198.51.100.9:0")]
    [InlineData("198.51.100.9:65536")]
    [InlineData("198.51.100.9:")]
    [InlineData("[198.51.100.9]:179")]
    [InlineData("[2001:db8::9]")]
    [InlineData("[2001:db8::9]:1:2")]
    [InlineData("[::]:179")]
    [InlineData("ff02::1")]
    [InlineData("0x7f000001")]
    public void Everything_else_is_no_peer(string text) => Parsers.TryParsePeer(text, out _).Should().BeFalse();

    [Fact]
    public void The_first_address_takes_the_place_and_keeps_it()
    {
        var slot = new PeerSlot(null, Options);

        slot.Accept(From("198.51.100.11", 40000))!.Address.Should().Be(IPAddress.Parse("198.51.100.11"));
        slot.Accept(From("198.51.100.12", 40001)).Should().BeNull("there is one place");
        slot.Accept(From("198.51.100.11", 40002)).Should().NotBeNull("it is the same peer from another port");
    }

    [Fact]
    public void A_named_peer_has_the_place_from_the_start()
    {
        var slot = new PeerSlot(IPAddress.Parse("198.51.100.12"), Options);

        slot.Accept(From("198.51.100.11", 40000)).Should().BeNull();
        slot.Accept(From("198.51.100.12", 40001)).Should().NotBeNull();
    }

    public static TheoryData<string, string, string> Lines()
    {
        PeerEvent[] events =
        [
            new EstablishedEvent { Time = Time, Peer = "198.51.100.11", RemoteAs = 65000, RouterId = "198.51.100.11", HoldTime = 9, Families = ["ipv4-unicast"] },
            new AnnounceEvent { Time = Time, Peer = "198.51.100.11", Prefix = "203.0.113.10/32", NextHop = "198.51.100.11", Origin = "igp", AsPath = "65000 {65002,65003}", Med = 5, LocalPref = null, Communities = ["65000:1"] },
            new WithdrawEvent { Time = Time, Peer = "198.51.100.11", Prefix = "203.0.113.10/32" },
            new EndOfRibEvent { Time = Time, Peer = "198.51.100.11", Family = "ipv4-unicast" },
            new DownEvent { Time = Time, Peer = "198.51.100.11", Reason = "connection lost" },
        ];
        (string Json, string Text)[] expected =
        [
            ("""{"event":"established",TIME,"remote_as":65000,"router_id":"198.51.100.11","hold_time":9,"families":["ipv4-unicast"]}""", "established AS 65000, router id 198.51.100.11, hold time 9 s, ipv4-unicast"),
            ("""{"event":"announce",TIME,"prefix":"203.0.113.10/32","next_hop":"198.51.100.11","origin":"igp","as_path":"65000 {65002,65003}","med":5,"local_pref":null,"communities":["65000:1"]}""", "announce    203.0.113.10/32 via 198.51.100.11, path 65000 {65002,65003}, origin igp, med 5, communities 65000:1"),
            ("""{"event":"withdraw",TIME,"prefix":"203.0.113.10/32"}""", "withdraw    203.0.113.10/32"),
            ("""{"event":"end-of-rib",TIME,"family":"ipv4-unicast"}""", "end-of-rib  ipv4-unicast"),
            ("""{"event":"down",TIME,"reason":"connection lost"}""", "down        connection lost"),
        ];
        var data = new TheoryData<string, string, string>();
        foreach (var (happened, (json, text)) in events.Zip(expected))
        {
            data.Add(JsonLines.Format(happened), json, $"{happened}|{text}");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_event_is_one_line_with_stable_keys_or_one_for_people(string json, string expectedJson, string lineAndText)
    {
        json.Should().Be(expectedJson.Replace("TIME", "\"time\":\"2026-01-02T03:04:05+00:00\",\"peer\":\"198.51.100.11\"", StringComparison.Ordinal));
        var parts = lineAndText.Split('|');
        parts[0].Should().EndWith($" 198.51.100.11 {parts[1]}");
    }

    private static IPEndPoint From(string address, int port) => new(IPAddress.Parse(address), port);

    private static BgpPeerOptions Options(IPAddress address) => new() { Address = address, RemoteAsn = 65000 };
}
