using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

/// <summary>Random routes come out of the decoder as they went into the encoder.</summary>
public sealed class UpdateRoundTripTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Routes_survive_the_wire(bool fourOctetAsn, bool isInternal)
    {
        // A fixed seed: the same routes every time.
        var random = new Random(42);
        var context = new WireContext { FourOctetAsn = fourOctetAsn, IsInternal = isInternal };
        var message = new byte[4096];
        for (var i = 0; i < 2000; i++)
        {
            var isV4 = random.Next(2) == 0;
            var family = isV4 ? BgpFamily.Ipv4Unicast : BgpFamily.Ipv6Unicast;
            var attributes = Attributes(random, isV4, isInternal);
            var prefixes = Enumerable.Range(0, random.Next(1, 20)).Select(_ => Prefix(random, isV4)).Distinct().ToArray();

            var length = UpdateWriter.WriteAnnouncements(message, family, attributes, prefixes, context, out var taken);
            taken.Should().Be(prefixes.Length);
            UpdateDecoder.Decode(message.AsSpan(19, length - 19), context, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());
            view.ToUpdate().Announced.Should().Equal(prefixes.Select(prefix => new BgpRoute(prefix, attributes)));

            length = UpdateWriter.WriteWithdrawals(message, family, prefixes, context, out _);
            UpdateDecoder.Decode(message.AsSpan(19, length - 19), context, out view, out _).Should().Be(UpdateVerdict.Accept);
            view.ToUpdate().Withdrawn.Should().Equal(prefixes.Select(prefix => new BgpPath(prefix)));
        }
    }

    private static BgpRouteAttributes Attributes(Random random, bool isV4, bool isInternal) => new()
    {
        Origin = (BgpOrigin)random.Next(3),
        AsPath = AsPath.FromSegments(Segments(random)),
        NextHop = isV4 ? new IPAddress([198, 51, 100, (byte)random.Next(1, 255)]) : IPAddress.Parse($"2001:db8::{random.Next(1, 255):x}"),
        Med = random.Next(2) == 0 ? null : (uint)random.Next(),
        LocalPref = isInternal ? (uint)random.Next() : null,
        Communities = [.. Enumerable.Range(0, random.Next(80)).Select(_ => new Community((uint)random.Next()))],
        Others = [.. Enumerable.Range(0, random.Next(3)).Select(i => new RawPathAttribute(0xC0, (byte)(100 + i), Octets(random, random.Next(300))))],
    };

    // A confederation sequence may lead; sequences never touch, as two that do may become one.
    private static IEnumerable<AsPathSegment> Segments(Random random)
    {
        if (random.Next(4) == 0)
        {
            yield return new AsPathSegment(AsPathSegmentType.ConfedSequence, 65010, 65011);
        }

        for (var i = random.Next(3); i > 0; i--)
        {
            yield return new AsPathSegment(AsPathSegmentType.Sequence, Asns(random));
            yield return new AsPathSegment(AsPathSegmentType.Set, Asns(random));
        }
    }

    private static Asn[] Asns(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => new Asn((uint)random.Next(1, random.Next(2) == 0 ? 65536 : int.MaxValue)))];

    private static IpPrefix Prefix(Random random, bool isV4) =>
        IpPrefix.Create(new IPAddress(Octets(random, isV4 ? 4 : 16)), random.Next(isV4 ? 33 : 129));

    private static byte[] Octets(Random random, int count)
    {
        var octets = new byte[count];
        random.NextBytes(octets);
        return octets;
    }
}
