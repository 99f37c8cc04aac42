using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Status;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BgpSharp.Tests.VipAdvertiser.Network;

/// <summary>One run of the program in a namespace, as far as addresses go.</summary>
internal sealed class VipsInNamespace : IDisposable
{
    private readonly NetworkNamespace _namespace;
    private readonly NetlinkAddressTable _table = new();
    private readonly NetlinkEvents _events = new();
    private readonly LineLogger _log = new();
    private readonly VipAddresses _vips;

    public VipsInNamespace(NetworkNamespace @namespace, bool kubeVip = false, string name = ControlAddress.DefaultName)
    {
        _namespace = @namespace;
        _vips = new VipAddresses(_table, _events, OwnerMark.Of(name), kubeVip, new FakeTimeProvider(), new Logger<VipAddresses>(_log));
    }

    public IReadOnlyList<string> InPlace => [.. _vips.InPlace.Select(address => address.ToString())];

    public IReadOnlyList<string> Log => _log.Lines;

    public void Set(params VipPlacement[] wanted) => _namespace.Run(() =>
    {
        _vips.Set(wanted);
        return true;
    });

    /// <summary>What the program's loop does with events, until it has the effect.</summary>
    public async Task SetAgainUntilAsync(Func<bool> effect, params VipPlacement[] wanted)
    {
        while (!effect())
        {
            await _vips.WaitForChangeAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
            Set(wanted);
        }
    }

    /// <summary>As SIGKILL ends it: nothing is removed.</summary>
    public void Dispose()
    {
        _vips.Dispose();
        _events.Dispose();
        _table.Dispose();
    }
}
