using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop;

/// <summary>Messages of more than 4096 octets (RFC 8654), agreed on with FRR and sent to it.</summary>
public sealed class ExtendedMessageTests
{
    private const int Prefixes = 2000;

    [Fact]
    public async Task FRR_agrees_on_extended_messages_and_takes_them()
    {
        await using var lab = await Lab.CreateAsync(masters: 1);
        var address = LabTopology.MasterAddress(1);
        var router = await lab.StartRouterAsync();

        lab.Start(lab.MasterNs(1), [.. Programs.Cli, "announce", .. Enumerable.Range(0, Prefixes).Select(i => $"203.0.{i >> 8}.{i & 255}/32"),
            "--peer", $"{LabTopology.RouterAddress}", "--local-as", "65000", "--peer-as", "65001"]);
        await router.WaitForSummaryAsync(
            peers => peers.TryGetValue(address, out var peer) && peer.PrefixesReceived == Prefixes, "all the prefixes");

        var neighbor = await router.NeighborAsync(address);
        neighbor.GetProperty("neighborCapabilities").GetProperty("extendedMessage").GetString()
            .Should().Be("advertisedAndReceived", "both sides sent the capability");
        neighbor.GetProperty("messageStats").GetProperty("updatesRecv").GetInt32()
            .Should().BeLessThanOrEqualTo(2, "2000 prefixes of five octets need three messages of 4096 octets, but one longer one; the other is End-of-RIB");
        neighbor.GetProperty("connectionsDropped").GetInt32().Should().Be(0);
    }
}
