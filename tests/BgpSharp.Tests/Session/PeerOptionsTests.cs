using System.Net;
using System.Reflection;
using BgpSharp.Bfd;

namespace BgpSharp.Tests.Session;

public sealed class PeerOptionsTests
{
    private static readonly BgpSpeakerOptions Speaker = new() { LocalAsn = 65000, RouterId = SpeakerFixture.LocalIdentifier };

    [Fact]
    public void A_copy_has_every_option_of_the_original()
    {
        var original = new BgpPeerOptions
        {
            Address = SpeakerFixture.RouterAddress,
            Port = 1179,
            RemoteAsn = 65001,
            ConnectMode = BgpConnectMode.Active,
            LocalAddress = SpeakerFixture.LocalIdentifierAddress,
            SourceInterface = "eth0",
            TimeToLive = 2,
            TtlSecurityHops = 3,
            Password = BgpSecret.FromString("hush"),
            HoldTime = TimeSpan.FromSeconds(9),
            KeepaliveInterval = TimeSpan.FromSeconds(1),
            MinimumHoldTime = TimeSpan.FromSeconds(3),
            SendHoldTime = TimeSpan.FromSeconds(18),
            DelayOpenTime = TimeSpan.FromSeconds(1),
            CollisionDetectEstablished = true,
            Families = [BgpFamily.Ipv6Unicast],
            AcceptAsSets = true,
            AcceptConfederationSegments = true,
            DisableFamilyOnError = true,
            ExtendedMessages = false,
            Bfd = new BfdOptions(),
            GracefulRestart = new BgpGracefulRestartOptions(),
            PrefixLimits = [new BgpPrefixLimit { Family = BgpFamily.Ipv6Unicast, Maximum = 1 }],
            Handler = new RecordingHandler(),
            OnHandlerFault = BgpHandlerFaultAction.Detach,
            RecordedOctets = 4096,
            Export = _ => null,
        };
        var defaults = new BgpPeerOptions { Address = IPAddress.IPv6Loopback, RemoteAsn = 1 };

        var copy = new BgpPeerOptions(original);

        foreach (var property in typeof(BgpPeerOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            property.GetValue(original).Should().NotBe(property.GetValue(defaults), $"this test is to tell {property.Name} from its default");
            property.GetValue(copy).Should().Be(property.GetValue(original), $"{property.Name} is copied");
        }
    }

    [Fact]
    public void The_problems_of_options_are_those_that_adding_the_peer_throws()
    {
        var options = new BgpPeerOptions { Address = null!, RemoteAsn = 0, Port = 0 };
        using var speaker = new BgpSpeaker(Speaker);
        var add = () => speaker.AddPeer(options);

        options.FindProblems(Speaker).Should().Equal(
            "Address is null; allowed: a unicast address.", "Port is 0; allowed: 1 to 65535.", "RemoteAsn is 0; allowed: 1 to 4294967295.");
        add.Should().Throw<ArgumentException>().Which.Message.Should().StartWith(string.Join(' ', options.FindProblems(Speaker)));
        new BgpPeerOptions { Address = SpeakerFixture.RouterAddress, RemoteAsn = 65001 }.FindProblems(Speaker).Should().BeEmpty();
    }

    [Fact]
    public void What_is_wrong_with_a_secret_is_said_without_it()
    {
        BgpSecret.FromString("hush").FindProblem().Should().BeNull();
        BgpSecret.FromString(new string('x', 81)).FindProblem().Should().Be("has 81 octets; allowed: 1 to 80 octets.");
        BgpSecret.FromCallback(() => "").FindProblem().Should().Be("has 0 octets; allowed: 1 to 80 octets.");
        BgpSecret.FromFile("/nonexistent/key").FindProblem().Should().StartWith("cannot be fetched (").And.EndWith("; allowed: 1 to 80 octets.");
    }
}
