using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

public sealed class CapabilityTests
{
    private static readonly BgpFamily s_evpn = new(25, 70);

    public static TheoryData<BgpCapability, byte, string, string> Built => new()
    {
        { MultiprotocolCapability.Create(BgpFamily.Ipv6Unicast), 1, "0002 00 01", "multiprotocol ipv6-unicast" },
        { BgpCapability.RouteRefresh, 2, "", "route-refresh" },
        { new ExtendedNextHopCapability([new(1, 1, 2), new(1, 128, 2)]).ToCapability(), 5, "0001 0001 0002  0001 0080 0002", $"extended-next-hop ipv4-unicast over ipv6, {new BgpFamily(1, 128)} over ipv6" },
        { BgpCapability.ExtendedMessage, 6, "", "extended-message" },
        { RoleCapability.Create(BgpRole.Provider), 9, "00", "role provider" },
        { RoleCapability.Create(BgpRole.RouteServer), 9, "01", "role route-server" },
        { RoleCapability.Create(BgpRole.RouteServerClient), 9, "02", "role route-server-client" },
        { RoleCapability.Create(BgpRole.Customer), 9, "03", "role customer" },
        { RoleCapability.Create(BgpRole.Peer), 9, "04", "role peer" },
        { RoleCapability.Create((BgpRole)77), 9, "4D", "role 77" },
        { new GracefulRestartCapability(120, [new(BgpFamily.Ipv4Unicast, true), new(BgpFamily.Ipv6Unicast)]) { HasRestarted = true, CoversNotifications = true }.ToCapability(), 64, "C078  0001 01 80  0002 01 00", "graceful-restart 120 s, restarted, notification, ipv4-unicast forwarding-preserved, ipv6-unicast" },
        { new GracefulRestartCapability(4095, []).ToCapability(), 64, "0FFF", "graceful-restart 4095 s" },
        { FourOctetAsnCapability.Create(4200000000), 65, "FA56EA00", "four-octet-as 4200000000" },
        { new AddPathCapability([new(BgpFamily.Ipv4Unicast, AddPathMode.SendReceive), new(BgpFamily.Ipv6Unicast, AddPathMode.Receive)]).ToCapability(), 69, "0001 01 03  0002 01 01", "add-path ipv4-unicast send-receive, ipv6-unicast receive" },
        { BgpCapability.EnhancedRouteRefresh, 70, "", "enhanced-route-refresh" },
        { new LongLivedGracefulRestartCapability([new(BgpFamily.Ipv4Unicast, 3600, true), new(s_evpn, 0xABCDEF)]).ToCapability(), 71, "0001 01 80 000E10  0019 46 00 ABCDEF", $"long-lived-graceful-restart ipv4-unicast 3600 s forwarding-preserved, {s_evpn} 11259375 s" },
        { new LongLivedGracefulRestartCapability([]).ToCapability(), 71, "", "long-lived-graceful-restart" },
        { new FqdnCapability("r1", "net").ToCapability(), 73, "02 7231 03 6E6574", "fqdn \"r1\" \"net\"" },
        { new FqdnCapability("r1").ToCapability(), 73, "02 7231 00", "fqdn \"r1\"" },
        { SoftwareVersionCapability.Create("1.2"), 75, "03 312E32", "software-version \"1.2\"" },
    };

    [Theory]
    [MemberData(nameof(Built))]
    public void Each_capability_is_written_as_its_RFC_says_and_described(BgpCapability capability, byte code, string value, string text)
    {
        capability.Should().Be(new BgpCapability(code, Hex.Bytes(value)));
        capability.ToString().Should().Be(text);
    }

    [Fact]
    public void The_bits_of_graceful_restart_are_read()
    {
        GracefulRestartCapability.TryRead(new BgpCapability(64, Hex.Bytes("4078 0001 01 00 0002 01 80")), out var read).Should().BeTrue();

        (read!.HasRestarted, read.CoversNotifications, read.RestartTime).Should().Be((false, true, 120));
        read.Families.Should().Equal(new GracefulRestartFamily(BgpFamily.Ipv4Unicast), new GracefulRestartFamily(BgpFamily.Ipv6Unicast, true));
    }

    [Fact]
    public void Long_lived_graceful_restart_has_a_time_of_24_bits_for_each_family()
    {
        LongLivedGracefulRestartCapability.TryRead(new BgpCapability(71, Hex.Bytes("0001 01 80 FFFFFF")), out var read).Should().BeTrue();

        read!.Families.Should().Equal(new LongLivedGracefulRestartFamily(BgpFamily.Ipv4Unicast, 16777215, true));
    }

    [Fact]
    public void Add_Path_says_for_each_family_what_can_be_done()
    {
        AddPathCapability.TryRead(new BgpCapability(69, Hex.Bytes("0001 01 01 0002 01 02")), out var read).Should().BeTrue();

        read!.Families.Should().Equal(new AddPathFamily(BgpFamily.Ipv4Unicast, AddPathMode.Receive), new AddPathFamily(BgpFamily.Ipv6Unicast, AddPathMode.Send));
    }

    [Fact]
    public void Extended_next_hop_says_which_next_hops_a_family_may_have()
    {
        ExtendedNextHopCapability.TryRead(new BgpCapability(5, Hex.Bytes("0001 0001 0002")), out var read).Should().BeTrue();

        read!.Entries.Should().Equal(new ExtendedNextHop(1, 1, 2));
    }

    [Theory]
    [InlineData(1, "000100")]
    [InlineData(1, "0001000100")]
    [InlineData(1, "")]
    [InlineData(2, "00")]
    [InlineData(5, "")]
    [InlineData(5, "0001 0001")]
    [InlineData(5, "0001 0001 0002 00")]
    [InlineData(5, "0001 0101 0002")]
    [InlineData(6, "00")]
    [InlineData(9, "")]
    [InlineData(9, "0000")]
    [InlineData(64, "")]
    [InlineData(64, "00")]
    [InlineData(64, "0078 0001 01")]
    [InlineData(64, "0078 0001 01 80 00")]
    [InlineData(65, "0000FD")]
    [InlineData(65, "")]
    [InlineData(65, "0000FDE800")]
    [InlineData(69, "")]
    [InlineData(69, "0001 01")]
    [InlineData(69, "0001 01 00")]
    [InlineData(69, "0001 01 04")]
    [InlineData(69, "0001 01 03 0002 01 00")]
    [InlineData(70, "00")]
    [InlineData(71, "0001 01 80 000E")]
    [InlineData(71, "0001 01 80 000E10 00")]
    [InlineData(73, "")]
    [InlineData(73, "01 61")]
    [InlineData(73, "05 61 00")]
    [InlineData(73, "01 61 02 62")]
    [InlineData(73, "01 61 00 00")]
    [InlineData(75, "")]
    public void A_known_capability_with_an_impossible_value_is_as_good_as_not_sent(byte code, string value)
    {
        var capability = new BgpCapability(code, Hex.Bytes(value));

        ReadersOf(capability).Should().BeEmpty("no reader may make sense of it");
        if (value.Length > 0)
        {
            capability.ToString().Should().Contain($"0x{Convert.ToHexString(Hex.Bytes(value))}", "an operator still wants to see it");
        }
    }

    [Theory]
    [MemberData(nameof(Built))]
    public void Only_its_own_reader_takes_a_capability(BgpCapability capability, byte code, string value, string text)
    {
        ReadersOf(capability).Should().Equal([code], "{0} is {1}", value, text);
    }

    [Theory]
    [InlineData(73, "03 410A22 00", "fqdn \"A\\u{A}\\\"\"")]
    [InlineData(73, "01 FF 03 E280AE", "fqdn \"\\xFF\" \"\\u{202E}\"")]
    [InlineData(75, "05 1B5B33316D", "software-version \"\\u{1B}[31m\"")]
    [InlineData(75, "312E32", "software-version \"1.2\"")]
    [InlineData(75, "00", "software-version \"\"")]
    public void Text_of_the_peer_is_escaped(byte code, string value, string expected) =>
        new BgpCapability(code, Hex.Bytes(value)).ToString().Should().Be(expected);

    [Fact]
    public void Names_that_were_read_are_written_as_they_were()
    {
        var capability = new BgpCapability(73, [253, .. Enumerable.Repeat((byte)7, 253), 0]);

        FqdnCapability.TryRead(capability, out var read).Should().BeTrue();
        read!.ToCapability().Should().Be(capability, "the escaped text would not even fit");
    }

    [Fact]
    public void A_capability_nobody_knows_is_shown_by_its_number()
    {
        new BgpCapability(200, []).ToString().Should().Be("capability-200");
        new BgpCapability(200, [1, 2]).ToString().Should().Be("capability-200 0x0102");
    }

    [Fact]
    public void What_no_capability_can_say_is_the_callers_mistake()
    {
        var families = Enumerable.Range(0, 64).Select(afi => new BgpFamily((ushort)afi, 1)).ToArray();
        Action[] mistakes =
        [
            () => _ = new BgpCapability(1, new byte[256]),
            () => _ = new GracefulRestartCapability(4096, []),
            () => _ = new GracefulRestartCapability(-1, []),
            () => _ = new GracefulRestartCapability(0, families.Select(family => new GracefulRestartFamily(family))),
            () => _ = new LongLivedGracefulRestartCapability(families.Take(37).Select(family => new LongLivedGracefulRestartFamily(family, 0))),
            () => _ = new LongLivedGracefulRestartCapability([new(families[0], 0x1000000)]),
            () => _ = new AddPathCapability(families.Select(family => new AddPathFamily(family, AddPathMode.Send))),
            () => _ = new ExtendedNextHopCapability(families.Take(43).Select(family => new ExtendedNextHop(family.Afi, 1, 2))),
            () => _ = new FqdnCapability(new string('a', 200), new string('b', 54)),
            () => _ = SoftwareVersionCapability.Create(new string('a', 255)),
        ];
        foreach (var mistake in mistakes)
        {
            mistake.Should().Throw<ArgumentException>();
        }
    }

    [Fact]
    public void As_many_entries_as_fit_are_written()
    {
        var families = Enumerable.Range(0, 63).Select(afi => new BgpFamily((ushort)afi, 1)).ToArray();

        new GracefulRestartCapability(1, families.Select(family => new GracefulRestartFamily(family))).ToCapability().Value.Length.Should().Be(254);
        new AddPathCapability(families.Select(family => new AddPathFamily(family, AddPathMode.Send))).ToCapability().Value.Length.Should().Be(252);
        new FqdnCapability(new string('a', 200), new string('b', 53)).ToCapability().Value.Length.Should().Be(255);
    }

    /// <summary>The codes whose readers take a capability.</summary>
    private static List<byte> ReadersOf(BgpCapability capability)
    {
        List<byte> codes = [];
        Add(1, MultiprotocolCapability.TryRead(capability, out _));
        Add(2, capability.Equals(BgpCapability.RouteRefresh));
        Add(5, ExtendedNextHopCapability.TryRead(capability, out _));
        Add(6, capability.Equals(BgpCapability.ExtendedMessage));
        Add(9, RoleCapability.TryRead(capability, out _));
        Add(64, GracefulRestartCapability.TryRead(capability, out _));
        Add(65, FourOctetAsnCapability.TryRead(capability, out _));
        Add(69, AddPathCapability.TryRead(capability, out _));
        Add(70, capability.Equals(BgpCapability.EnhancedRouteRefresh));
        Add(71, LongLivedGracefulRestartCapability.TryRead(capability, out _));
        Add(73, FqdnCapability.TryRead(capability, out _));
        Add(75, SoftwareVersionCapability.TryRead(capability, out _));
        return codes;

        void Add(byte code, bool reads)
        {
            if (reads)
            {
                codes.Add(code);
            }
        }
    }
}
