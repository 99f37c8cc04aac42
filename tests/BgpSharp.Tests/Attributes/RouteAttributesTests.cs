using System.Net;

namespace BgpSharp.Tests.Attributes;

public sealed class RouteAttributesTests
{
    [Fact]
    public void Equal_content_is_equal_and_hashes_alike_whatever_the_order_of_the_others()
    {
        static BgpRouteAttributes Make(params RawPathAttribute[] others) => new()
        {
            AsPath = new AsPath(65000, 65001),
            NextHop = IPAddress.Parse("198.51.100.11"),
            Communities = [new(65000, 100)],
            Others = others,
        };
        var (one, two) = (new RawPathAttribute(0xC0, 99, [1]), new RawPathAttribute(0xC0, 100, [2]));

        Make(one, two).Should().Be(Make(two, one));
        Make(one, two).GetHashCode().Should().Be(Make(two, one).GetHashCode());
        Make(one).Should().NotBe(Make(two));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(14)]
    [InlineData(17)]
    public void An_attribute_with_a_property_of_its_own_cannot_be_given_raw(byte type) =>
        ((Action)(() => _ = new BgpRouteAttributes { Others = [new RawPathAttribute(0x40, type, [])] }))
            .Should().Throw<ArgumentException>().WithMessage($"*{type}*");

    [Fact]
    public void A_raw_attribute_cannot_be_given_twice() =>
        ((Action)(() => _ = new BgpRouteAttributes { Others = [new(0xC0, 99, [1]), new(0xC0, 99, [2])] }))
            .Should().Throw<ArgumentException>().WithMessage("*99*");

    [Fact]
    public void The_width_of_the_length_field_is_no_part_of_a_raw_attribute() =>
        new RawPathAttribute(0xD0, 99, [1]).Should().Be(new RawPathAttribute(0xC0, 99, [1]));

    [Fact]
    public void Prepending_extends_a_leading_sequence_and_goes_before_anything_else()
    {
        AsPath.Empty.Prepend(65000).ToString().Should().Be("65000");
        new AsPath(65001).Prepend(65000, 2).ToString().Should().Be("65000 65000 65001");
        new AsPath(65001).Prepend(65000, 0).ToString().Should().Be("65001");
        AsPath.FromSegments(new AsPathSegment(AsPathSegmentType.Set, 65002, 65003)).Prepend(65000).ToString().Should().Be("65000 {65002 65003}");
    }

    [Fact]
    public void Path_length_counts_a_set_once_and_confederations_not_at_all() =>
        AsPath.FromSegments(
            new(AsPathSegmentType.ConfedSequence, 1, 2), new(AsPathSegmentType.Sequence, 3, 4), new(AsPathSegmentType.Set, 5, 6)).Length.Should().Be(3);

    [Fact]
    public void A_segment_has_at_least_one_number() =>
        ((Action)(() => _ = new AsPathSegment(AsPathSegmentType.Set))).Should().Throw<ArgumentException>();

    [Fact]
    public void A_route_needs_a_prefix() =>
        ((Action)(() => _ = new BgpRoute(default))).Should().Throw<ArgumentException>();
}
