using BgpSharp.Fuzz;
using BgpSharp.Wire;
using CsCheck;

namespace BgpSharp.Tests.Properties;

/// <summary>
/// Whatever routes are written, the same are read. A failure names the seed that repeats it, as CsCheck_Seed in the
/// environment.
/// </summary>
public sealed class RoundTripProperties
{
    private const int Times = 2000;

    [Fact]
    public void Announced_routes_survive_the_wire() =>
        Gen.Select(BgpGen.Context, Gen.Bool).SelectMany((context, isV4) =>
        {
            var family = isV4 ? BgpFamily.Ipv4Unicast : BgpFamily.Ipv6Unicast;
            return Gen.Select(Gen.Const((context, family)), BgpGen.Attributes(family, context), BgpGen.Paths(family, context, 1, 30));
        }).Sample((session, attributes, paths) =>
        {
            var (context, family) = session;
            var message = new byte[ushort.MaxValue];
            var announced = new List<BgpRoute>();
            for (var rest = paths.AsSpan(); !rest.IsEmpty;)
            {
                // Some attributes need more than a classic message.
                var length = UpdateWriter.WriteAnnouncements(message, family, attributes, rest, context, out var taken);
                if (taken == 0)
                {
                    length = UpdateWriter.WriteAnnouncements(message, family, attributes, rest, Extended(context), out taken);
                }

                taken.Should().BePositive("all of these attributes fit an extended message");
                announced.AddRange(Read(message.AsSpan(19, length - 19), context).Announced);
                rest = rest[taken..];
            }

            announced.Should().Equal(paths.Select(path => new BgpRoute(path, attributes)));
        }, iter: Times, threads: 1);

    [Fact]
    public void Withdrawn_routes_survive_the_wire() =>
        Gen.Select(BgpGen.Context, Gen.Bool).SelectMany((context, isV4) =>
        {
            var family = isV4 ? BgpFamily.Ipv4Unicast : BgpFamily.Ipv6Unicast;
            return Gen.Select(Gen.Const((context, family)), BgpGen.Paths(family, context, 1, 400));
        }).Sample((session, paths) =>
        {
            var message = new byte[WireLimits.MaximumMessageLength];
            var withdrawn = new List<BgpPath>();
            for (var rest = paths.AsSpan(); !rest.IsEmpty;)
            {
                var length = UpdateWriter.WriteWithdrawals(message, session.family, rest, session.context, out var taken);
                withdrawn.AddRange(Read(message.AsSpan(19, length - 19), session.context).Withdrawn);
                rest = rest[taken..];
            }

            withdrawn.Should().Equal(paths);
        }, iter: Times / 2, threads: 1);

    [Fact]
    public void Whole_UPDATEs_survive_the_wire() =>
        BgpGen.Context.SelectMany(context => Gen.Select(Gen.Const(context), BgpGen.Update(context))).Sample(
            (context, update) => new UpdateRoundTrip().Difference(update, Extended(context)).Should().BeNull(), iter: Times, threads: 1);

    [Fact]
    public void AS_paths_survive_in_four_octets_and_in_two_with_AS4_PATH_beside() =>
        Gen.Bool.SelectMany(wide => Gen.Select(Gen.Const(wide), BgpGen.AsPath(wide))).Sample((wide, path) =>
        {
            var context = new WireContext { FourOctetAsn = wide, MaximumMessageLength = ushort.MaxValue };
            var attributes = new BgpRouteAttributes { AsPath = path, NextHop = System.Net.IPAddress.Parse("198.51.100.11") };
            var message = new byte[ushort.MaxValue];
            var length = UpdateWriter.WriteAnnouncements(message, BgpFamily.Ipv4Unicast, attributes, [IpPrefix.Parse("203.0.113.0/24")], context, out _);
            UpdateDecoder.Decode(message.AsSpan(19, length - 19), context, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());
            view.AsPath.ToAsPath().Should().Be(path);
            view.AsPath.Length.Should().Be(path.Length);
        }, iter: Times, threads: 1);

    private static BgpUpdate Read(ReadOnlySpan<byte> body, in WireContext context)
    {
        UpdateDecoder.Decode(body, context, out var view, out var problem).Should().Be(UpdateVerdict.Accept, problem.ToString());
        return view.ToUpdate();
    }

    private static WireContext Extended(WireContext context) => context with { MaximumMessageLength = ushort.MaxValue };
}
