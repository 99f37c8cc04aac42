using System.Net;
using System.Text.Json;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>VIPs in the kernel, with others who add and remove too.</summary>
public sealed class VipAddressesInKernelTests : IDisposable
{
    private static readonly VipPlacement Four = new(IPAddress.Parse("203.0.113.10"), "lo", GlobalScope: false, SkipDad: false);
    private static readonly VipPlacement Six = new(IPAddress.Parse("2001:db8::10"), "lo", GlobalScope: false, SkipDad: false);

    private readonly NetworkNamespace _namespace = new();
    private readonly List<VipsInNamespace> _runs = [];

    [Fact]
    public void VIPs_have_kube_vips_shape_and_our_metric_and_go_with_the_stop()
    {
        var vips = Start();
        vips.Set(Four, Six, Four with { Address = IPAddress.Parse("203.0.113.11"), GlobalScope = true });

        vips.InPlace.Should().Equal("203.0.113.10", "2001:db8::10", "203.0.113.11");
        Shape("203.0.113.10").Should().Be("/32 host deprecated metric 179179179");
        Shape("203.0.113.11").Should().Be("/32 global deprecated metric 179179179");
        Shape("2001:db8::10").Should().Be("/128 global deprecated metric 179179179");
        Find("2001:db8::10")!.Value.GetProperty("valid_life_time").GetUInt32().Should().Be(uint.MaxValue);

        vips.Set(Four);
        Shape("2001:db8::10").Should().BeNull("nobody wants it any more");
        vips.Set();
        Vips().Should().BeEmpty();
    }

    [Fact]
    public void A_start_after_a_kill_adopts_what_is_wanted_sweeps_what_is_not_and_touches_nothing_else()
    {
        var killed = Start();
        killed.Set(Four, Six, Four with { Address = IPAddress.Parse("203.0.113.11") }, Six with { Address = IPAddress.Parse("2001:db8::11") });
        killed.Dispose();
        _namespace.Ip("addr", "add", "203.0.113.77/32", "dev", "lo", "preferred_lft", "0");
        _namespace.Ip("addr", "add", "2001:db8::77/128", "dev", "lo", "preferred_lft", "0", "metric", "100");

        var next = Start();
        next.Set(Four, Six);

        Vips().Should().BeEquivalentTo("203.0.113.10", "203.0.113.77", "2001:db8::10", "2001:db8::77");
        next.Log.Should().BeEquivalentTo(
            "Information: 203.0.113.10/32 on lo was left behind by an earlier run: used, and removed at the stop",
            "Information: 2001:db8::10/128 on lo was left behind by an earlier run: used, and removed at the stop",
            "Information: 203.0.113.11/32 on lo was left behind by an earlier run and is not wanted now: removed",
            "Information: 2001:db8::11/128 on lo was left behind by an earlier run and is not wanted now: removed");
        next.Set();
        Vips().Should().BeEquivalentTo("203.0.113.77", "2001:db8::77");
    }

    [Fact]
    public void Two_hosts_of_two_names_leave_each_other_alone_and_each_sweeps_what_it_left_itself()
    {
        var five = Four with { Address = IPAddress.Parse("203.0.113.11") };
        var first = Start();
        first.Set(Four, five);
        var second = Start(name: "second");
        second.Set(Four, Six);
        first.Set(Four, five);
        Vips().Should().BeEquivalentTo("203.0.113.10", "203.0.113.11", "2001:db8::10");
        second.Log.Should().Equal(
            "Warning: 203.0.113.10/32 is on lo already, put there by somebody else: used, and left there at the stop",
            "Information: 2001:db8::10/128 added to lo");

        first.Dispose();
        second.Set();
        Vips().Should().BeEquivalentTo("203.0.113.10", "203.0.113.11");
        Start().Set(Four);
        Vips().Should().Equal("203.0.113.10");
    }

    [Fact]
    public void Somebody_elses_address_is_used_and_left_with_one_line()
    {
        _namespace.Ip("addr", "add", "203.0.113.10/32", "dev", "lo", "preferred_lft", "0", "scope", "host");
        _namespace.Ip("addr", "add", "2001:db8::10/64", "dev", "lo", "nodad");
        var vips = Start();

        vips.Set(Four, Six);
        vips.Set(Four, Six);

        vips.InPlace.Should().Equal("203.0.113.10", "2001:db8::10");
        vips.Log.Should().Equal(
            "Warning: 203.0.113.10/32 is on lo already, put there by somebody else: used, and left there at the stop",
            "Warning: 2001:db8::10/128 is on lo already, put there by somebody else: used, and left there at the stop");
        vips.Set();
        Vips().Should().BeEquivalentTo("203.0.113.10", "2001:db8::10");
    }

    [Fact]
    public void An_address_of_another_interface_is_said_to_be_one_and_stays_there()
    {
        _namespace.AddLink("vip0");
        _namespace.Ip("addr", "add", "203.0.113.10/24", "dev", "vip0");
        var vips = Start();

        vips.Set(Four);
        vips.Set(Four);
        vips.Set();

        vips.Log.Should().Equal(
            "Information: 203.0.113.10/32 added to lo",
            "Warning: 203.0.113.10 is on vip0 too, as /24 and put there by somebody else: if it is this node's own address, it must not be a VIP",
            "Information: 203.0.113.10/32 removed from lo");
        Shape("203.0.113.10", "vip0").Should().Be("/24 global preferred metric ");
        _namespace.Ip("route", "get", "203.0.113.10").Should().Contain("local", "the node still receives for its own address");
    }

    [Fact]
    public void In_kube_vips_place_what_it_left_behind_is_taken_over_and_removed_at_the_stop()
    {
        _namespace.Ip("addr", "add", "203.0.113.10/32", "dev", "lo", "scope", "host", "preferred_lft", "0");
        _namespace.Ip("addr", "add", "2001:db8::10/128", "dev", "lo", "preferred_lft", "0", "nodad");
        _namespace.Ip("addr", "add", "203.0.113.11/32", "dev", "lo", "scope", "host");
        var vips = Start(kubeVip: true);

        vips.Set(Four, Six, Four with { Address = IPAddress.Parse("203.0.113.11") });

        vips.InPlace.Should().Equal("203.0.113.10", "2001:db8::10", "203.0.113.11");
        Shape("203.0.113.10").Should().Be("/32 host deprecated metric 179179179");
        Shape("2001:db8::10").Should().Be("/128 global deprecated metric 179179179");
        vips.Log.Should().Equal(
            "Information: 203.0.113.10/32 on lo was left behind by kube-vip: taken over, and removed at the stop",
            "Information: 2001:db8::10/128 on lo was left behind by kube-vip: taken over, and removed at the stop",
            "Warning: 203.0.113.11/32 is on lo already, put there by somebody else: used, and left there at the stop");
        vips.Set();
        Vips().Should().Equal(["203.0.113.11"], "an address that is not deprecated is none of kube-vip's");
    }

    [Fact]
    public void In_kube_vips_place_what_it_left_behind_is_kept_until_it_is_decided_and_removed_when_it_is_not_wanted()
    {
        _namespace.Ip("addr", "add", "203.0.113.10/32", "dev", "lo", "scope", "host", "preferred_lft", "0");
        var vips = Start(kubeVip: true);

        vips.Set(Four with { OnlyKept = true }, Six with { OnlyKept = true });

        vips.InPlace.Should().Equal("203.0.113.10");
        Vips().Should().Equal("203.0.113.10");
        vips.Set();
        Vips().Should().BeEmpty();
        vips.Log.Should().Equal(
            "Information: 203.0.113.10/32 on lo was left behind by kube-vip: taken over, and removed at the stop",
            "Information: 203.0.113.10/32 removed from lo");
    }

    [Fact]
    public async Task A_VIP_that_somebody_removes_is_put_back_and_stays_in_place()
    {
        var vips = Start();
        vips.Set(Four, Six);

        _namespace.Ip("addr", "del", "203.0.113.10/32", "dev", "lo");
        await vips.SetAgainUntilAsync(() => Shape("203.0.113.10") is not null, Four, Six);
        _namespace.Ip("addr", "del", "2001:db8::10/128", "dev", "lo");
        await vips.SetAgainUntilAsync(() => Shape("2001:db8::10") is not null, Four, Six);

        vips.InPlace.Should().Equal("203.0.113.10", "2001:db8::10");
        vips.Log.Should().ContainInOrder(
            "Warning: 203.0.113.10/32 on lo was removed by somebody else: put back",
            "Warning: 2001:db8::10/128 on lo was removed by somebody else: put back");
    }

    [Fact]
    public async Task An_interface_that_comes_later_and_goes_again_is_followed()
    {
        var placement = Four with { Interface = "vip0" };
        var vips = Start();
        vips.Set(placement);
        vips.InPlace.Should().BeEmpty();

        _namespace.AddLink("vip0");
        await vips.SetAgainUntilAsync(() => vips.InPlace.Count == 1, placement);
        Shape("203.0.113.10", "vip0").Should().Be("/32 global deprecated metric 179179179", "only lo has host scope");

        _namespace.Ip("link", "set", "vip0", "down");
        await vips.SetAgainUntilAsync(() => vips.InPlace.Count == 0, placement);
        _namespace.Ip("link", "set", "vip0", "up");
        await vips.SetAgainUntilAsync(() => vips.InPlace.Count == 1, placement);
        _namespace.Ip("link", "del", "vip0");
        await vips.SetAgainUntilAsync(() => vips.InPlace.Count == 0, placement);
    }

    [Fact]
    public async Task The_interface_of_the_default_route_is_followed_when_it_moves_and_kept_when_it_is_lost()
    {
        var (four, six) = (Four with { Interface = null }, Six with { Interface = null, SkipDad = true });
        _namespace.AddLink("vip0");
        _namespace.AddLink("vip1");
        var vips = Start();
        vips.Set(four, six);
        vips.InPlace.Should().BeEmpty();
        vips.Log.Should().Contain("Warning: 203.0.113.10 is not in place and not announced: there is no default route to tell the interface");

        _namespace.Ip("route", "add", "default", "dev", "vip0");
        await vips.SetAgainUntilAsync(() => vips.InPlace.Count == 2, four, six);
        Shape("203.0.113.10", "vip0").Should().NotBeNull();
        Shape("2001:db8::10", "vip0").Should().NotBeNull("without a default route of its own family the other's tells");

        _namespace.Ip("route", "replace", "default", "dev", "vip1");
        await vips.SetAgainUntilAsync(() => Shape("203.0.113.10", "vip1") is not null, four, six);
        Shape("203.0.113.10", "vip0").Should().BeNull();
        vips.InPlace.Should().Equal("203.0.113.10", "2001:db8::10");

        _namespace.Ip("route", "del", "default");
        vips.Set(four, six);
        vips.InPlace.Should().Equal("203.0.113.10", "2001:db8::10");
        Shape("203.0.113.10", "vip1").Should().NotBeNull("a lost route is no reason to take the VIP off");

        vips.Set();
        (Shape("203.0.113.10", "vip1"), Shape("2001:db8::10", "vip0"), Shape("2001:db8::10", "vip1")).Should().Be((null, null, null));
    }

    [Fact]
    public async Task An_IPv6_VIP_on_a_link_is_in_place_when_duplicate_address_detection_is_over()
    {
        _namespace.AddLink("vip0");
        var placement = Six with { Interface = "vip0" };
        var vips = Start();

        vips.Set(placement);

        vips.InPlace.Should().BeEmpty("it is tentative");
        vips.Log.Should().Contain("Information: 2001:db8::10 is not in place and not announced: duplicate address detection is not over");
        await vips.SetAgainUntilAsync(() => vips.InPlace.Count == 1, placement);
    }

    [Fact]
    public void Without_duplicate_address_detection_it_is_in_place_at_once()
    {
        _namespace.AddLink("vip0");
        var vips = Start();

        vips.Set(Six with { Interface = "vip0", SkipDad = true });

        vips.InPlace.Should().Equal("2001:db8::10");
        Find("2001:db8::10", "vip0")!.Value.GetProperty("nodad").GetBoolean().Should().BeTrue();
    }

    [Fact]
    public async Task An_IPv6_VIP_that_another_host_on_the_link_has_is_never_in_place()
    {
        _namespace.AddLink("vip0");
        _namespace.Ip("addr", "add", "2001:db8::10/128", "dev", "vip0-peer", "nodad");
        var placement = Six with { Interface = "vip0" };
        var vips = Start();

        vips.Set(placement);
        await vips.SetAgainUntilAsync(() => vips.Log.Any(line => line.Contains("another host on the link has it", StringComparison.Ordinal)), placement);

        vips.InPlace.Should().BeEmpty();
    }

    [Fact]
    public void A_changed_scope_takes_effect()
    {
        var vips = Start();
        vips.Set(Four);

        vips.Set(Four with { GlobalScope = true });

        Shape("203.0.113.10").Should().Be("/32 global deprecated metric 179179179");
        vips.InPlace.Should().Equal("203.0.113.10");
    }

    public void Dispose()
    {
        foreach (var run in _runs)
        {
            run.Dispose();
        }

        _namespace.Dispose();
    }

    private VipsInNamespace Start(bool kubeVip = false, string name = ControlAddress.DefaultName)
    {
        var run = new VipsInNamespace(_namespace, kubeVip, name);
        _runs.Add(run);
        return run;
    }

    private JsonElement? Find(string address, string link = "lo") => _namespace.Addresses(link)
        .Where(a => a.GetProperty("local").GetString() == address).Select(a => (JsonElement?)a).SingleOrDefault();

    private string? Shape(string address, string link = "lo") => Find(address, link) is not { } found ? null
        : $"/{found.GetProperty("prefixlen")} {found.GetProperty("scope")} {(found.TryGetProperty("deprecated", out _) ? "deprecated" : "preferred")}"
            + $" metric {(found.TryGetProperty("metric", out var metric) ? metric : default)}";

    /// <summary>What is on lo besides its own.</summary>
    private IEnumerable<string> Vips() => _namespace.Addresses().Select(a => a.GetProperty("local").GetString()!).Where(a => a is not ("127.0.0.1" or "::1"));
}
