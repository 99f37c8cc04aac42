using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Fsm;

public sealed class NegotiationTests
{
    private static readonly BgpCapability Ipv4 = new(1, [0, 1, 0, 1]);
    private static readonly BgpCapability Ipv6 = new(1, [0, 2, 0, 1]);

    [Theory]
    [InlineData(90, 30, null, 30, 10)]
    [InlineData(30, 90, null, 30, 10)]
    [InlineData(90, 90, 5.0, 90, 5)]
    [InlineData(90, 9, 5.0, 9, 3)]
    [InlineData(0, 90, null, 0, 0)]
    [InlineData(90, 0, 5.0, 0, 0)]
    public void The_smaller_hold_time_counts_and_KEEPALIVEs_are_at_most_a_third_apart(
        double ours, ushort theirs, double? configured, double hold, double keepalive)
    {
        var agreed = Agree(FsmPeer.Configure(hold: ours, keepalive: configured), FsmPeer.PeersOpen(hold: theirs));

        agreed.HoldTime.Should().Be(TimeSpan.FromSeconds(hold));
        agreed.KeepaliveInterval.Should().Be(TimeSpan.FromSeconds(keepalive));
    }

    [Fact]
    public void A_peer_without_capabilities_speaks_IPv4_unicast_and_two_octet_AS_numbers()
    {
        var agreed = Agree(With(BgpFamily.Ipv6Unicast, BgpFamily.Ipv4Unicast), FsmPeer.PeersOpen());

        agreed.Families.Should().Equal(BgpFamily.Ipv4Unicast);
        agreed.Wire.FourOctetAsn.Should().BeFalse();
        agreed.RouteRefresh.Should().BeFalse();
        agreed.RemoteAsn.Should().Be(new Asn(65001));
        agreed.RemoteIdentifier.Should().Be(BgpIdentifier.Parse("198.51.100.9"));
    }

    [Fact]
    public void Families_are_those_that_both_sides_speak()
    {
        var agreed = Agree(With(BgpFamily.Ipv6Unicast), Offering(Ipv4, Ipv6, new BgpCapability(1, [0, 25, 0, 70])));

        agreed.Families.Should().Equal(BgpFamily.Ipv6Unicast);
    }

    [Fact]
    public void Without_a_common_family_the_peer_is_told_which_ones_were_asked_for()
    {
        var peer = new FsmPeer(With(BgpFamily.Ipv6Unicast)).Start().Dialled().Open(1, Offering(Ipv4));

        peer.Did.Should().Be("SendNotification 2/7 1, Close 1, AttemptFailed ProtocolError 1");
        peer.LastActions[0].Notification!.Data.ToArray().Should().Equal([1, 4, 0, 2, 0, 1], "RFC 5492 §5: the capability as it is encoded");
    }

    [Fact]
    public void Capabilities_that_both_sides_sent_are_agreed()
    {
        var open = Offering(Ipv4, new BgpCapability(2, []), new BgpCapability(65, [0, 0, 0xFD, 0xE9]));

        var agreed = Agree(FsmPeer.Configure(), open);

        agreed.RouteRefresh.Should().BeTrue();
        agreed.Wire.Should().Be(new WireContext { FourOctetAsn = true, IsInternal = false, RefuseAsSets = true, RefuseConfederationSegments = true, RefuseAigp = true });
        agreed.RemoteCapabilities.Should().Equal(open.Capabilities);
    }

    [Fact]
    public void A_peer_in_our_AS_is_internal()
    {
        Agree(FsmPeer.Configure(remoteAsn: 65000), FsmPeer.PeersOpen(asn: 65000)).Wire.IsInternal.Should().BeTrue();
    }

    [Fact]
    public void An_internal_peer_may_send_confederation_segments_but_no_sets()
    {
        var wire = Agree(FsmPeer.Configure(remoteAsn: 65000), FsmPeer.PeersOpen(asn: 65000)).Wire;

        (wire.RefuseAsSets, wire.RefuseConfederationSegments).Should().Be((true, false), "RFC 9774 §3 knows no difference, RFC 5065 §5 does");
    }

    [Fact]
    public void AIGP_stays_within_an_AS()
    {
        Agree(FsmPeer.Configure(remoteAsn: 65000), FsmPeer.PeersOpen(asn: 65000)).Wire.RefuseAigp.Should().BeFalse();
        Agree(FsmPeer.Configure(), FsmPeer.PeersOpen()).Wire.RefuseAigp.Should().BeTrue("nobody enabled it between ASes (RFC 7311 §3.3)");
    }

    [Fact]
    public void A_four_octet_AS_is_read_from_the_capability()
    {
        var open = new OpenMessage
        {
            MyAutonomousSystem = 23456,
            HoldTime = 90,
            Identifier = BgpIdentifier.Parse("198.51.100.9"),
            Capabilities = [new BgpCapability(65, [0, 1, 0, 5])],
        };

        Agree(FsmPeer.Configure(remoteAsn: 65541), open).RemoteAsn.Should().Be(new Asn(65541));
    }

    [Theory]
    [InlineData("2/1", 3, 65001, 90, "198.51.100.9")]
    [InlineData("2/2", 4, 65009, 90, "198.51.100.9")]
    [InlineData("2/3", 4, 65001, 90, "0.0.0.0")]
    [InlineData("2/6", 4, 65001, 2, "198.51.100.9")]
    public void An_OPEN_that_is_not_acceptable_is_refused_with_its_error(
        string error, byte version, ushort asn, ushort hold, string identifier)
    {
        var open = new OpenMessage
        {
            Version = version,
            MyAutonomousSystem = asn,
            HoldTime = hold,
            Identifier = BgpIdentifier.Parse(identifier),
        };

        var peer = new FsmPeer().Start().Dialled().Open(1, open);

        peer.Did.Should().Be($"SendNotification {error} 1, Close 1, AttemptFailed ProtocolError 1");
        peer.State.Misconfigured.Should().BeTrue();
    }

    [Theory]
    [InlineData(0, "2/6")]
    [InlineData(9, "2/6")]
    [InlineData(10, null)]
    public void A_hold_time_below_the_configured_minimum_is_refused(ushort hold, string? error)
    {
        var config = new PeerFsmConfig
        {
            LocalAsn = 65000,
            LocalIdentifier = BgpIdentifier.Parse("198.51.100.11"),
            RemoteAsn = 65001,
            HoldTime = TimeSpan.FromSeconds(90),
            MinimumHoldTime = TimeSpan.FromSeconds(10),
        };

        var peer = new FsmPeer(config).Start().Dialled().Open(1, FsmPeer.PeersOpen(hold: hold));

        peer.Did.Should().Be(error is null ? "SendKeepalive 1" : $"SendNotification {error} 1, Close 1, AttemptFailed ProtocolError 1");
    }

    [Fact]
    public void Our_OPEN_says_what_is_configured()
    {
        var open = LocalOpen.Create(With(BgpFamily.Ipv4Unicast, BgpFamily.Ipv6Unicast));

        open.Version.Should().Be(4);
        open.MyAutonomousSystem.Should().Be(65000);
        open.HoldTime.Should().Be(90);
        open.Identifier.Should().Be(BgpIdentifier.Parse("198.51.100.11"));
        open.Capabilities.Select(capability => (capability.Code, Convert.ToHexString(capability.Value.Span)))
            .Should().Equal((1, "00010001"), (1, "00020001"), (2, ""), (70, ""), (6, ""), (65, "0000FDE8"));
    }

    [Fact]
    public void Our_OPEN_does_not_offer_extended_messages_when_they_are_off() =>
        LocalOpen.Create(Extended(false)).Capabilities.Should().NotContain(BgpCapability.ExtendedMessage);

    [Theory]
    [InlineData(true, true, 65535)]
    [InlineData(true, false, 4096)]
    [InlineData(false, true, 4096)]
    [InlineData(false, false, 4096)]
    public void Longer_messages_are_sent_when_both_sides_offered_to_take_them(bool ours, bool theirs, int expected) =>
        Agree(Extended(ours), theirs ? Offering(Ipv4, BgpCapability.ExtendedMessage) : Offering(Ipv4)).Wire.MaximumMessageLength.Should().Be(expected);

    [Fact]
    public void An_extended_message_capability_with_a_value_is_as_good_as_not_sent() =>
        Agree(Extended(true), Offering(Ipv4, new BgpCapability(6, [0]))).Wire.MaximumMessageLength.Should().Be(4096, "RFC 8654 §3 gives it length 0");

    [Fact]
    public void Our_OPEN_stands_AS_TRANS_for_a_four_octet_AS()
    {
        var open = LocalOpen.Create(FsmPeer.Configure(localAsn: 4_200_000_001));

        open.MyAutonomousSystem.Should().Be(23456, "RFC 6793 §9");
        Convert.ToHexString(open.Capabilities[^1].Value.Span).Should().Be("FA56EA01");
    }

    private static NegotiatedSession Agree(PeerFsmConfig config, OpenMessage open)
    {
        var peer = new FsmPeer(config).Start().Dialled().Establish(1, open);
        peer.State.State.Should().Be(BgpSessionState.Established);
        return peer.LastActions.Single(action => action.Kind == FsmActionKind.SessionUp).Negotiated!;
    }

    private static OpenMessage Offering(params BgpCapability[] capabilities) => new()
    {
        MyAutonomousSystem = 65001,
        HoldTime = 90,
        Identifier = BgpIdentifier.Parse("198.51.100.9"),
        Capabilities = capabilities,
    };

    private static PeerFsmConfig Extended(bool offered) => new()
    {
        LocalAsn = 65000,
        LocalIdentifier = BgpIdentifier.Parse("198.51.100.11"),
        RemoteAsn = 65001,
        HoldTime = TimeSpan.FromSeconds(90),
        ExtendedMessages = offered,
    };

    private static PeerFsmConfig With(params BgpFamily[] families) => new()
    {
        LocalAsn = 65000,
        LocalIdentifier = BgpIdentifier.Parse("198.51.100.11"),
        RemoteAsn = 65001,
        HoldTime = TimeSpan.FromSeconds(90),
        Families = families,
    };
}
