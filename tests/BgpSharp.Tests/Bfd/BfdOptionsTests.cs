using System.Net;
using BgpSharp.Bfd;

namespace BgpSharp.Tests.Bfd;

public sealed class BfdOptionsTests
{
    [Fact]
    public void Every_problem_is_named_with_its_value_and_what_is_allowed()
    {
        var options = new BfdSessionOptions
        {
            Address = IPAddress.Parse("fe80::1"),
            Bfd = new BfdOptions { TransmitInterval = TimeSpan.FromMilliseconds(9), ReceiveInterval = TimeSpan.FromSeconds(61), DetectMultiplier = 0 },
        };

        options.FindProblems().Should().Equal(
            "Address is fe80::1; allowed: a link-local address with its scope, as in fe80::1%eth0.",
            "TransmitInterval is 00:00:00.0090000; allowed: 10 milliseconds to 60 seconds, in whole microseconds.",
            "ReceiveInterval is 00:01:01; allowed: 10 milliseconds to 60 seconds, in whole microseconds.",
            "DetectMultiplier is 0; allowed: 1 to 255.");
    }

    [Fact]
    public void A_peer_with_such_timers_is_refused()
    {
        using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse("198.51.100.11") });
        var add = () => speaker.AddPeer(new BgpPeerOptions
        {
            Address = IPAddress.Parse("198.51.100.1"),
            RemoteAsn = 65001,
            Bfd = new BfdOptions { DetectMultiplier = 256 },
        });

        add.Should().Throw<ArgumentException>().WithMessage("Bfd.DetectMultiplier is 256; allowed: 1 to 255.*");
    }

    [Fact]
    public void A_copy_of_a_peers_options_has_its_BFD()
    {
        var options = new BgpPeerOptions { Address = IPAddress.Parse("198.51.100.1"), RemoteAsn = 65001, Bfd = new BfdOptions() };
        new BgpPeerOptions(options).Bfd.Should().BeSameAs(options.Bfd);
    }
}
