using System.Net;
using System.Threading.Channels;
using BgpSharp.VipAdvertiser.Network;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>What is said, tried again and given up, with a kernel that refuses.</summary>
public sealed class VipAddressesTests : IDisposable
{
    private const int NotPermitted = 1, AccessDenied = 13, NoMemory = 12;

    private static readonly IPAddress Vip = IPAddress.Parse("203.0.113.10");
    private static readonly VipPlacement[] OnLoopback = [Place("lo")];

    private readonly FakeTimeProvider _time = new();
    private readonly LineLogger _log = new();
    private readonly MemoryAddressTable _kernel = new();
    private readonly VipAddresses _vips;

    public VipAddressesTests() => _vips = new VipAddresses(_kernel, _kernel, OwnerMark.Default, takesOver: false, _time, new Logger<VipAddresses>(_log));

    [Fact]
    public void A_missing_right_is_fatal()
    {
        _kernel.AddErrno = NotPermitted;

        var set = () => _vips.Set(OnLoopback);

        set.Should().Throw<NetlinkException>().WithMessage("*NET_ADMIN*");
    }

    [Fact]
    public async Task A_refusal_is_said_once_for_each_cause_and_tried_again_after_5_s()
    {
        _kernel.AddErrno = AccessDenied;
        _vips.Set(OnLoopback);
        _vips.Set(OnLoopback);
        var change = WaitForChangeAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        await change;
        _vips.InPlace.Should().BeEmpty();
        _kernel.AddErrno = NoMemory;
        _vips.Set(OnLoopback);
        change = WaitForChangeAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        await change;
        _kernel.AddErrno = 0;
        _vips.Set(OnLoopback);

        _vips.InPlace.Should().Equal(Vip);
        _log.Lines.Should().Equal(
            "Warning: 203.0.113.10 is not in place and not announced: Permission denied",
            "Warning: 203.0.113.10 is not in place and not announced: Cannot allocate memory",
            "Information: 203.0.113.10/32 added to lo");
        change = WaitForChangeAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        change.IsCompleted.Should().BeFalse("nothing is missing any more");
    }

    [Fact]
    public void A_cause_that_comes_again_is_said_again()
    {
        _vips.Set([Place("vip0")]);
        _kernel.Links.Add(new NetworkLink(7, "vip0", IsUp: false, IsLoopback: false));
        _vips.Set([Place("vip0")]);
        Bring(up: true);
        _vips.Set([Place("vip0")]);
        Bring(up: false);
        _vips.Set([Place("vip0")]);

        _log.Lines.Should().Equal(
            "Warning: 203.0.113.10 is not in place and not announced: there is no interface vip0",
            "Warning: 203.0.113.10 is not in place and not announced: vip0 is down",
            "Information: 203.0.113.10/32 added to vip0",
            "Warning: 203.0.113.10 is not in place and not announced: vip0 is down");
        _vips.InPlace.Should().BeEmpty("nothing is received on an interface that is down");
    }

    [Fact]
    public void A_table_that_cannot_be_read_leaves_in_place_what_was()
    {
        _vips.Set(OnLoopback);
        _kernel.ListErrno = NoMemory;
        _vips.Set(OnLoopback);
        _vips.Set(OnLoopback);

        _vips.InPlace.Should().Equal(Vip);
        _vips.Set([]);
        _vips.InPlace.Should().BeEmpty("it is not wanted");
        _kernel.ListErrno = 0;
        _vips.Set([]);

        _kernel.Addresses.Should().BeEmpty();
        _log.Lines.Should().Equal(
            "Information: 203.0.113.10/32 added to lo",
            "Error: The addresses of this host cannot be read, tried again: Cannot allocate memory",
            "Information: 203.0.113.10/32 removed from lo");
    }

    [Fact]
    public async Task An_interface_that_cannot_be_asked_for_leaves_in_place_what_was_and_no_other_VIP_waits_for_it()
    {
        _vips.Set(OnLoopback);
        _kernel.LinkErrno = NoMemory;
        _kernel.Links.Add(new NetworkLink(7, "vip0", IsUp: true, IsLoopback: false));
        _kernel.Answering = "vip0";
        _vips.Set([.. OnLoopback, Place("vip0", "203.0.113.11")]);

        _vips.InPlace.Should().BeEquivalentTo([Vip, IPAddress.Parse("203.0.113.11")]);
        _kernel.Addresses.Should().HaveCount(2, "an address that is announced is not taken away");
        var change = WaitForChangeAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        await change;
        _kernel.Addresses.RemoveAll(address => address.Address.Equals(Vip));
        _vips.Set([.. OnLoopback, Place("vip0", "203.0.113.11")]);
        _vips.InPlace.Should().Equal([IPAddress.Parse("203.0.113.11")], "somebody has removed the other one");
        _kernel.LinkErrno = 0;
        _vips.Set(OnLoopback);

        _vips.InPlace.Should().Equal(Vip);
        _log.Lines.Should().Equal(
            "Information: 203.0.113.10/32 added to lo",
            "Information: 203.0.113.11/32 added to vip0",
            "Error: The addresses of this host cannot be read, tried again: Cannot allocate memory",
            "Warning: 203.0.113.10 is not in place and not announced: Cannot allocate memory",
            "Information: 203.0.113.10/32 added to lo",
            "Information: 203.0.113.11/32 removed from vip0");
    }

    [Fact]
    public async Task An_address_that_cannot_be_removed_is_tried_again()
    {
        _vips.Set(OnLoopback);
        _kernel.RemoveErrno = NoMemory;
        _vips.Set([]);
        var change = WaitForChangeAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        await change;
        _kernel.RemoveErrno = 0;
        _vips.Set([]);

        _kernel.Addresses.Should().BeEmpty();
        _log.Lines.Should().Contain("Error: 203.0.113.10/32 cannot be removed from lo, tried again: Cannot allocate memory");
    }

    [Fact]
    public async Task An_echo_of_its_own_changes_is_no_change_and_somebody_elses_is()
    {
        _vips.Set(OnLoopback);
        var change = WaitForChangeAsync();
        await _kernel.RaiseAsync();
        change.IsCompleted.Should().BeFalse("all is as wanted");

        _kernel.Addresses.Clear();
        await _kernel.RaiseAsync();
        await change;
    }

    [Fact]
    public async Task A_change_that_the_next_Set_saw_is_not_told_after_it()
    {
        _vips.Set(OnLoopback);
        _kernel.Addresses.Clear();
        await _kernel.RaiseAsync();
        _vips.Set(OnLoopback);

        var change = WaitForChangeAsync();
        await _kernel.RaiseAsync();

        change.IsCompleted.Should().BeFalse("the Set has put it right");
        _log.Lines.Should().Equal(
            "Information: 203.0.113.10/32 added to lo",
            "Warning: 203.0.113.10/32 on lo was removed by somebody else: put back");
    }

    [Fact]
    public async Task A_wait_that_was_given_up_takes_no_change_from_the_next()
    {
        _vips.Set(OnLoopback);
        using var first = new CancellationTokenSource();
        var given = _vips.WaitForChangeAsync(first.Token);
        await first.CancelAsync();
        await given.ContinueWith(_ => { }, TaskScheduler.Default);
        _kernel.Addresses.Clear();
        await _kernel.RaiseAsync();

        await WaitForChangeAsync();
    }

    [Fact]
    public async Task A_failed_detection_is_tried_again_by_the_clock_only()
    {
        var six = new VipPlacement(IPAddress.Parse("2001:db8::10"), "vip0", GlobalScope: false, SkipDad: false);
        _kernel.Links.Add(new NetworkLink(7, "vip0", IsUp: true, IsLoopback: false));
        _vips.Set([six]);
        _kernel.Addresses[0] = _kernel.Addresses[0] with { Flags = AddressFlags.Deprecated | AddressFlags.Tentative | AddressFlags.DadFailed };
        _vips.Set([six]);
        _vips.Set([six]);
        _vips.InPlace.Should().BeEmpty();
        _kernel.Added.Should().Be(1, "an attempt for each event would be a storm");

        var change = WaitForChangeAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        await change;
        _vips.Set([six]);

        _kernel.Added.Should().Be(2);
        _vips.InPlace.Should().Equal(six.Address);
        _log.Lines.Should().Equal(
            "Information: 2001:db8::10/128 added to vip0",
            "Warning: 2001:db8::10 is not in place and not announced: another host on the link has it, as duplicate address detection found",
            "Information: 2001:db8::10/128 removed from vip0 and added anew");
    }

    [Fact]
    public async Task The_end_of_the_events_is_a_failure_of_the_wait()
    {
        _vips.Set(OnLoopback);
        _kernel.Fail(new IOException("torn"));

        var wait = WaitForChangeAsync;

        (await wait.Should().ThrowAsync<ChannelClosedException>()).WithInnerException<ChannelClosedException>().WithInnerException<IOException>();
    }

    [Fact]
    public void Of_two_places_for_one_address_the_first_counts()
    {
        _kernel.Links.Add(new NetworkLink(7, "vip0", IsUp: true, IsLoopback: false));

        _vips.Set([Place("vip0"), Place("lo")]);

        _kernel.Addresses.Should().ContainSingle().Which.InterfaceIndex.Should().Be(7);
        _vips.InPlace.Should().Equal(Vip);
    }

    public void Dispose() => _vips.Dispose();

    private static VipPlacement Place(string name, string vip = "203.0.113.10") => new(IPAddress.Parse(vip), name, GlobalScope: false, SkipDad: false);

    private void Bring(bool up) => _kernel.Links[1] = _kernel.Links[1] with { IsUp = up };

    private Task WaitForChangeAsync() =>
        _vips.WaitForChangeAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
