using System.Threading.Channels;
using BgpSharp.VipAdvertiser;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.Tests.VipAdvertiser;

/// <summary>Stands for the kernel, the peers and the checked service: writes down what is asked of them, in order.</summary>
internal sealed class EffectLog : IAddressTable, IVipAnnouncer, IHealthProbe
{
    private readonly Channel<string> _effects = Channel.CreateUnbounded<string>();
    private int _checked;

    /// <summary>The outcomes of the next checks; then a check hangs.</summary>
    public List<string?> Checks { get; } = new();

    /// <summary>What is on the interface before the start.</summary>
    public InterfaceAddress? Present { get; init; }

    public NetlinkException? Refusal { get; init; }

    public Exception? StopFailure { get; init; }

    /// <summary>Waits for the next effect, within a deadline.</summary>
    public async Task<string> NextAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        return await _effects.Reader.ReadAsync(deadline.Token);
    }

    /// <summary>An effect that happened already, when there is one.</summary>
    public bool TryNext(out string? effect) => _effects.Reader.TryRead(out effect);

    public async Task ExpectAsync(params string[] effects)
    {
        foreach (var effect in effects)
        {
            (await NextAsync()).Should().Be(effect);
        }
    }

    public bool AddAddress(InterfaceAddress address)
    {
        Write($"add {address.Address}");
        return Refusal is null ? Present is null : throw Refusal;
    }

    public bool RemoveAddress(InterfaceAddress address)
    {
        Write($"remove {address.Address}");
        return true;
    }

    public IReadOnlyList<InterfaceAddress> ListAddresses() => Present is null ? [] : [Present];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Write("connect");
        return Task.CompletedTask;
    }

    public void Announce() => Write("announce");

    public void Withdraw() => Write("withdraw");

    public Task StopAsync()
    {
        Write("close");
        return StopFailure is null ? Task.CompletedTask : Task.FromException(StopFailure);
    }

    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        Write("check");
        if (_checked < Checks.Count)
        {
            return Checks[_checked++];
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
        return null;
    }

    private void Write(string effect) => _effects.Writer.TryWrite(effect).Should().BeTrue();
}
