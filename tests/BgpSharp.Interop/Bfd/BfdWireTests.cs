using System.Globalization;
using System.Text.RegularExpressions;
using BgpSharp.Bfd;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>What the packets look like on the wire (RFC 5881 §4 and §5), by tcpdump.</summary>
public sealed partial class BfdWireTests
{
    [Fact]
    public async Task Source_port_TTL_and_class_are_as_the_RFCs_have_them_and_each_session_has_a_port_of_its_own()
    {
        Requires.Tool("tcpdump");
        await using var lab = await Lab.CreateAsync(masters: 1);
        await BfdIpv6.AddAddressesAsync(lab);
        var tcpdump = lab.Start(lab.MasterNs(1), "tcpdump", "-i", LabTopology.Interface, "-n", "-v", "-l", "--immediate-mode", "udp and (dst port 3784 or dst port 4784)");
        await tcpdump.WaitForLineAsync(line => line.Contains("listening on", StringComparison.Ordinal));

        // Nobody answers, so each sends once a second.
        await using var side = new BfdSide(lab.MasterNs(1), LabTopology.RouterAddress);
        await using var far = side.Engine.AddSession(new BfdSessionOptions { Address = LabTopology.RouterAddress, Bfd = BfdSide.Every(50, multihop: true) });
        await using var ipv6 = side.Engine.AddSession(new BfdSessionOptions { Address = BfdIpv6.Router, Bfd = BfdSide.Fast });
        var packets = await Poll.UntilAsync(
            () => Task.FromResult(Packets(string.Join(' ', tcpdump.Lines))),
            packets => packets.GroupBy(packet => packet.Destination).Count(group => group.Count() >= 3) == 3,
            "three packets of each session");

        packets.Should().AllSatisfy(packet =>
        {
            packet.Hops.Should().Be(255);
            packet.Class.Should().Be(0xC0, "CS6");
            packet.SourcePort.Should().BeInRange(49152, 65535);
        });
        packets.Select(packet => (packet.Destination, packet.SourcePort)).Distinct().Should().HaveCount(3, "a session keeps its port");
        packets.Select(packet => packet.SourcePort).Distinct().Should().HaveCount(3, "and shares it with no other");
    }

    private static List<(int Class, int Hops, int SourcePort, string Destination)> Packets(string text) =>
        [.. Packet().Matches(text).Select(match => (
            int.Parse(match.Groups["class"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["hops"].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["port"].Value, CultureInfo.InvariantCulture),
            match.Groups["to"].Value))];

    [GeneratedRegex(@"IP6? \((?:tos|class) 0x(?<class>[0-9a-f]+), .*?(?:ttl|hlim) (?<hops>\d+).*?\) +[0-9a-f.:]+\.(?<port>\d+) > (?<to>[0-9a-f.:]+): ", RegexOptions.Singleline)]
    private static partial Regex Packet();
}
