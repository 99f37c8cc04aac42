using System.Buffers;
using System.Net;
using BgpSharp.Wire;
using static BgpSharp.Tests.Wire.UpdateVectors;

namespace BgpSharp.Tests.Wire;

/// <summary>What runs once a message allocates nothing.</summary>
public sealed class AllocationTests
{
    private static readonly byte[] s_update = Hex.Message(2, Body(
        "18 C63364",
        MpReach + MpUnreach + Mandatory + "80 04 04 00000001" + "40 05 04 00000064" + "C0 08 08 FDE80064 FDE80065" + "C0 63 02 0102",
        "20 CB00710A 18 CB0071"));

    [Fact]
    public void Framing_allocates_nothing_even_across_segments()
    {
        var whole = new ReadOnlySequence<byte>(Hex.Message(4));
        var pieces = SegmentedBuffer.Of(s_update[..7], s_update[7..30], s_update[30..]);

        Allocated(() =>
        {
            FrameReader.Read(whole, 4096, out _, out _);
            FrameReader.Read(pieces, 4096, out _, out _);
        }).Should().Be(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Decoding_and_walking_an_UPDATE_allocates_nothing(bool isInternal)
    {
        var context = isInternal ? Internal : External;
        var body = s_update[19..];
        var sum = 0L;

        Allocated(() =>
        {
            UpdateDecoder.Decode(body, context, out var view, out _);
            sum += Walk(view);
        }).Should().Be(0);

        sum.Should().BeGreaterThan(0);
    }

    [Fact]
    public void Reading_without_judgement_allocates_nothing()
    {
        var body = s_update[19..];
        var sum = 0L;

        Allocated(() => sum += Walk(body)).Should().Be(0);

        sum.Should().BeGreaterThan(0);
    }

    [Theory]
    [InlineData("40 63 01 07")]
    [InlineData("80 0E 04 0002 01 00")]
    [InlineData("80 0E 40 0002 01")]
    public void Refusing_an_UPDATE_allocates_nothing(string attribute)
    {
        var body = Body("", attribute, "18 CB0071");
        var verdict = UpdateVerdict.Accept;

        Allocated(() => verdict = UpdateDecoder.Decode(body, External, out _, out _)).Should().Be(0);
        verdict.Should().Be(UpdateVerdict.Reset);
    }

    [Fact]
    public void Treating_an_UPDATE_as_withdraw_allocates_nothing()
    {
        var body = Body("", "40 01 01 07" + Via65000 + NextHop, "18 CB0071");
        var verdict = UpdateVerdict.Accept;

        Allocated(() => verdict = UpdateDecoder.Decode(body, External, out _, out _))
            .Should().Be(0, "a peer must not be able to make us busy collecting garbage");
        verdict.Should().Be(UpdateVerdict.TreatAsWithdraw);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var destination = new byte[4096];
        var output = new ArrayBufferWriter<byte>(64);
        var v4 = new BgpRouteAttributes { NextHop = IPAddress.Parse("198.51.100.11") };
        var v6 = new BgpRouteAttributes { NextHop = IPAddress.Parse("2001:db8::11") };
        var cached4 = EncodedAttributes.Encode(BgpFamily.Ipv4Unicast, v4, External);
        IpPrefix[] prefixes4 = [IpPrefix.Parse("203.0.113.10/32")];
        IpPrefix[] prefixes6 = [IpPrefix.Parse("2001:db8::/32")];

        Allocated(() =>
        {
            output.ResetWrittenCount();
            KeepaliveCodec.Encode(output);
            UpdateWriter.WriteAnnouncements(destination, BgpFamily.Ipv4Unicast, v4, prefixes4, External, out _);
            UpdateWriter.WriteAnnouncements(destination, cached4, prefixes4, External, out _);
            UpdateWriter.WriteAnnouncements(destination, BgpFamily.Ipv6Unicast, v6, prefixes6, External, out _);
            UpdateWriter.WriteWithdrawals(destination, BgpFamily.Ipv4Unicast, prefixes4, External, out _);
            UpdateWriter.WriteWithdrawals(destination, BgpFamily.Ipv6Unicast, prefixes6, External, out _);
            UpdateWriter.WriteEndOfRib(destination, BgpFamily.Ipv6Unicast);
        }).Should().Be(0);
    }

    [Fact]
    public void The_measure_sees_an_allocation() =>
        Allocated(() => GC.KeepAlive(new byte[1])).Should().BeGreaterThan(0, "else the tests above could not fail");

    private static long Walk(ReadOnlySpan<byte> body)
    {
        var sum = 0L;
        if (!UpdateReader.TryRead(body, External, out var update))
        {
            return 0;
        }

        foreach (var attribute in update.Attributes)
        {
            sum += attribute.Value.Length;
            foreach (var segment in attribute.ToAsPath(fourOctetAsn: true))
            {
                foreach (var asn in segment)
                {
                    sum += asn.Value;
                }
            }

            foreach (var community in attribute.ToValues<Community>())
            {
                sum += community.Value;
            }

            sum += attribute.TryReadMpReach(External, out var reach) ? Walk(reach.Nlri) : 0;
            sum += attribute.TryReadMpUnreach(External, out var unreach) ? Walk(unreach.Nlri) : 0;
        }

        return sum + Walk(update.Withdrawn) + Walk(update.Nlri);
    }

    private static long Walk(NlriView field)
    {
        var sum = 0L;
        foreach (var entry in field)
        {
            sum += entry.Length + entry.Octets.Length + entry.ToPath().Prefix.Length;
        }

        return sum;
    }

    private static long Walk(in UpdateView view)
    {
        var sum = 0L;
        foreach (var prefix in view.AnnouncedPrefixes)
        {
            sum += prefix.Length;
        }

        foreach (var prefix in view.WithdrawnPrefixes)
        {
            sum += prefix.Length;
        }

        foreach (var segment in view.AsPath)
        {
            foreach (var asn in segment)
            {
                sum += asn.Value;
            }
        }

        foreach (var community in view.Communities)
        {
            sum += community.Value;
        }

        foreach (var attribute in view.Attributes)
        {
            sum += attribute.Value.Length;
        }

        foreach (var community in view.LargeCommunities)
        {
            sum += community.LocalData1;
        }

        sum += (view.Aggregator?.Asn.Value ?? 0) + (long)(view.Aigp ?? 0) + view.ClusterList.Count + view.ExtendedCommunities.Count;
        return sum + (view.Med ?? 0) + (view.LocalPref ?? 0) + (long)(view.Origin ?? 0);
    }

    private static long Allocated(Action action) => Allocations.Least(action, times: 100);
}
