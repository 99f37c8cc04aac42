using System.Net;
using BgpSharp.Sessions;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Session;

public sealed class PrefixLimiterTests
{
    private static readonly WireContext Context = new() { FourOctetAsn = true };

    private static readonly BgpRouteAttributes Attributes = new()
    {
        AsPath = new AsPath(65001),
        NextHop = IPAddress.Parse("198.51.100.9"),
        Communities = [Community.Parse("65001:1")],
    };

    [Fact]
    public void Counting_an_UPDATE_and_writing_what_is_kept_of_it_allocates_nothing()
    {
        var limiter = new PrefixLimiter();
        limiter.IsNeeded([new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = 100, Action = BgpPrefixLimitAction.Discard }]);
        var body = Body(BgpFamily.Ipv4Unicast, Attributes, Prefixes(BgpFamily.Ipv4Unicast, 200));
        var kept = new byte[body.Length];

        Allocations.Least(
            () =>
            {
                UpdateDecoder.Decode(body, in Context, out var view, out _);
                limiter.Count(in view, out _, out _);
                limiter.WriteKept(in view, kept);
            },
            times: 100).Should().Be(0);
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(false, 300)]
    [InlineData(true, 5)]
    [InlineData(true, 150)]
    public void What_is_kept_of_an_UPDATE_has_the_same_attributes_and_only_the_prefixes_wanted(bool ipv6, int count)
    {
        var family = ipv6 ? BgpFamily.Ipv6Unicast : BgpFamily.Ipv4Unicast;
        var attributes = ipv6 ? new BgpRouteAttributes { AsPath = Attributes.AsPath, Communities = Attributes.Communities, NextHop = IPAddress.Parse("2001:db8::9") } : Attributes;
        var prefixes = Prefixes(family, count);
        var body = Body(family, attributes, prefixes);
        UpdateDecoder.Decode(body, in Context, out var view, out _).Should().Be(UpdateVerdict.Accept);
        var whole = view.ToUpdate();
        var output = new byte[body.Length];

        for (var modulus = 1; modulus <= 4; modulus++)
        {
            HashSet<IpPrefix> wanted = [.. prefixes.Where((_, i) => i % modulus == modulus - 1)];
            var length = UpdateFilter.Write(in view, wanted.Contains, output);

            UpdateDecoder.Decode(output.AsSpan(0, length), in Context, out var kept, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());
            var update = kept.ToUpdate();
            update.Announced.Select(route => route.Prefix).Should().Equal(prefixes.Where(wanted.Contains));
            update.Announced.Should().OnlyContain(route => route.Attributes.Equals(whole.Announced[0].Attributes));
        }

        var nothing = UpdateFilter.Write(in view, _ => false, output);
        UpdateDecoder.Decode(output.AsSpan(0, nothing), in Context, out var empty, out _).Should().Be(UpdateVerdict.Accept);
        empty.AnnouncedPrefixes.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Whatever_comes_it_agrees_with_a_plain_set_that_is_full_at_the_maximum()
    {
        const int maximum = 20;
        var random = new Random(7);
        var limiter = new PrefixLimiter();
        limiter.IsNeeded([new BgpPrefixLimit { Family = BgpFamily.Ipv4Unicast, Maximum = maximum, Action = BgpPrefixLimitAction.Discard }]);
        var pool = Prefixes(BgpFamily.Ipv4Unicast, 60);
        HashSet<IpPrefix> expected = [];
        for (var step = 0; step < 2000; step++)
        {
            var some = Enumerable.Range(0, random.Next(1, 6)).Select(_ => pool[random.Next(pool.Length)]).ToArray();
            var withdraws = random.Next(2) == 0;
            var body = withdraws ? Withdrawal(some) : Body(BgpFamily.Ipv4Unicast, Attributes, some);
            UpdateDecoder.Decode(body, in Context, out var view, out _).Should().Be(UpdateVerdict.Accept);
            var refused = 0;
            foreach (var prefix in some)
            {
                if (withdraws)
                {
                    expected.Remove(prefix);
                }
                else if (!expected.Contains(prefix) && (expected.Count == maximum || !expected.Add(prefix)))
                {
                    refused++;
                }
            }

            limiter.Count(in view, out var discarded, out var exceeded);

            discarded.Should().Be(refused, "step {0}", step);
            (exceeded is not null).Should().Be(refused > 0, "step {0}", step);
            limiter.Counts[0].Count.Should().Be(expected.Count, "step {0}", step);
            pool.Where(prefix => limiter.Counts[0].Holds(prefix)).Should().BeEquivalentTo(expected, "step {0}", step);
        }
    }

    private static IpPrefix[] Prefixes(BgpFamily family, int count) =>
        [.. Enumerable.Range(0, count).Select(i => family == BgpFamily.Ipv4Unicast
            ? IpPrefix.Create(new IPAddress([203, 0, (byte)(i >> 8), (byte)i]), 32)
            : IpPrefix.Create(IPAddress.Parse($"2001:db8:{i:x}::"), 48 + (i % 17)))];

    private static byte[] Body(BgpFamily family, BgpRouteAttributes attributes, IpPrefix[] prefixes)
    {
        var buffer = new byte[4096];
        var length = UpdateWriter.WriteAnnouncements(buffer, family, attributes, prefixes, in Context, out var taken);
        taken.Should().Be(prefixes.Length);
        return buffer[19..length];
    }

    private static byte[] Withdrawal(IpPrefix[] prefixes)
    {
        var buffer = new byte[4096];
        return buffer[19..UpdateWriter.WriteWithdrawals(buffer, BgpFamily.Ipv4Unicast, prefixes, in Context, out _)];
    }
}
