using System.Net;
using System.Security.Cryptography;

namespace EcmpLab.Frr;

/// <summary>The router is FRR; router and masters are in network namespaces, and each master is a process of its own.</summary>
internal sealed class FrrLab : ILab
{
    private readonly string _directory;
    private readonly Network _network;
    private readonly Dictionary<int, ChildProcess> _masters = [];
    private FrrRouter? _router;

    private FrrLab(string name)
    {
        _directory = $"/run/{name}";
        _network = new Network(name);
    }

    public string Description => $"""
        router   {Network.RouterAddress}  AS {Plan.RouterAsn}, FRR in namespace {_network.RouterNs}
        masters  {string.Join(", ", Enumerable.Range(1, Plan.Masters).Select(AddressOf))}  AS {Plan.MasterAsn}, each announces {Plan.Vip}
        """;

    private FrrRouter Router => _router ?? throw new InvalidOperationException("The router does not run.");

    public static async Task<FrrLab> CreateAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new LabException("network namespaces need root: run it as root, or without --router frr");
        }

        FrrRouter.ThrowIfMissing();
        var lab = new FrrLab($"ecmp-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        try
        {
            await lab._network.BuildAsync();
            lab._router = await FrrRouter.StartAsync(lab._network.RouterNs, lab._directory, cancellationToken);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    public IPAddress AddressOf(int master) => Network.AddressOf(master);

    public Task StartMasterAsync(int master)
    {
        string[] program = Path.GetFileName(Environment.ProcessPath) == "dotnet"
            ? [Environment.ProcessPath!, typeof(FrrLab).Assembly.Location]
            : [Environment.ProcessPath!];
        _masters.Add(master, ChildProcess.Start(_network.MasterNs(master), line => Console.Error.WriteLine($"  master {master}: {line}"),
            [.. program, "master", AddressOf(master).ToString(), Network.RouterAddress]));
        return Task.CompletedTask;
    }

    public Task FailMasterAsync(int master)
    {
        if (!_masters.Remove(master, out var process))
        {
            throw new InvalidOperationException($"Master {master} does not run.");
        }

        Console.WriteLine($"  {AddressOf(master)}  is killed (SIGKILL to process {process.Id}): its kernel closes the session");
        process.Dispose();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyCollection<IPAddress>> WaitForNextHopsAsync(IReadOnlyCollection<IPAddress> wanted, TimeSpan limit, CancellationToken cancellationToken) =>
        Router.WaitForNextHopsAsync(wanted, limit, cancellationToken);

    public async Task<string> ShowAsync() => $"""
        # show ip bgp summary
        {(await Router.ShowSummaryAsync()).Trim()}

        # ip route show {Plan.Vip.Address}
        {(await Router.ShowRouteAsync()).TrimEnd()}
        """;

    public async ValueTask DisposeAsync()
    {
        foreach (var master in _masters.Values)
        {
            master.Dispose();
        }

        _router?.Dispose();
        await _network.RemoveAsync();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }
}
