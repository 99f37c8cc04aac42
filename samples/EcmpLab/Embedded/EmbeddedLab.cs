using System.Net;
using BgpSharp;

namespace EcmpLab.Embedded;

/// <summary>
/// The router is a BgpSharp speaker that learns routes. Everything is in this process, but the sessions are real: TCP
/// over loopback, each master from an address of its own.
/// </summary>
internal sealed class EmbeddedLab : ILab
{
    private readonly Dictionary<int, BgpSpeaker> _masters = [];
    private readonly byte[] _network = [127, RandomOctet(), RandomOctet(), 0];
    private readonly LearningRouter _router;

    public EmbeddedLab() => _router = new LearningRouter(Address(9), [.. Enumerable.Range(1, Plan.Masters).Select(AddressOf)]);

    public string Description => $"""
        router   {_router.Address}  AS {Plan.RouterAsn}, an embedded BgpSharp speaker
        masters  {string.Join(", ", Enumerable.Range(1, Plan.Masters).Select(AddressOf))}  AS {Plan.MasterAsn}, each announces {Plan.Vip}
        """;

    public IPAddress AddressOf(int master) => Address(10 + master);

    public async Task StartMasterAsync(int master)
    {
        var router = await _router.StartAsync();
        _masters.Add(master, await Master.StartAsync(AddressOf(master), router));
    }

    public async Task FailMasterAsync(int master)
    {
        if (!_masters.Remove(master, out var speaker))
        {
            throw new InvalidOperationException($"Master {master} does not run.");
        }

        Console.WriteLine($"  {AddressOf(master)}  is told to stop: to withdraw first, then to close");
        await speaker.StopAsync(new BgpStopOptions { Mode = BgpStopMode.Withdraw });
        await _router.WaitForDownAsync(AddressOf(master));
    }

    public Task<IReadOnlyCollection<IPAddress>> WaitForNextHopsAsync(IReadOnlyCollection<IPAddress> wanted, TimeSpan limit, CancellationToken cancellationToken) =>
        _router.Table.WaitForNextHopsAsync(Plan.Vip, wanted, limit, cancellationToken);

    public Task<string> ShowAsync() => Task.FromResult(_router.Show());

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_masters.Values.Select(speaker => speaker.DisposeAsync().AsTask()));
        await _router.DisposeAsync();
    }

    // A block of 127.0.0.0/8 that another lab on this host is unlikely to use; the router's port is a free one anyway.
    private static byte RandomOctet() => (byte)Random.Shared.Next(1, 255);

    private IPAddress Address(int host) => new([.. _network.AsSpan(0, 3), (byte)host]);
}
