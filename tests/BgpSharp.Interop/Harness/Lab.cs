using System.Net;

namespace BgpSharp.Interop.Harness;

/// <summary>
/// A router, masters on one L2 and a client behind the router, each in its own network namespace, with the programs started in them.
/// Disposing ends every program and removes every trace. Thread-safe for starting programs.
/// </summary>
internal sealed class Lab : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<LabProcess> _processes = [];
    private readonly List<IDisposable> _resources = [];
    private readonly string[] _masters;
    private Task _build = Task.CompletedTask;
    private Task? _teardown;

    private Lab(string name, int masters)
    {
        Name = name;
        _masters = [.. Enumerable.Range(1, masters).Select(i => $"{name}-m{i}")];
    }

    /// <summary>Unique on the machine; the prefix of all namespaces.</summary>
    public string Name { get; }

    /// <summary>For configuration files, unix sockets and captures; removed with the lab.</summary>
    public string RunDirectory => $"/run/{Name}";

    public string RouterNs => $"{Name}-r";

    public string BridgeNs => $"{Name}-sw";

    public string ClientNs => $"{Name}-c";

    public int Masters => _masters.Length;

    public IReadOnlyList<string> Namespaces => [RouterNs, BridgeNs, ClientNs, .. _masters];

    /// <param name="master">From 1 on.</param>
    public string MasterNs(int master) => _masters[master - 1];

    /// <summary>Builds the topology. Skips the test, or fails it under CI, when this machine cannot have one.</summary>
    public static async Task<Lab> CreateAsync(int masters = 3)
    {
        Requires.Root();
        var lab = new Lab(LabRegistry.NextName(), masters);
        LabRegistry.Add(lab);
        try
        {
            Directory.CreateDirectory(lab.RunDirectory);
            lab._build = LabTopology.BuildAsync(lab.RouterNs, lab.BridgeNs, lab.ClientNs, lab._masters);
            await lab._build;
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the configuration of a program that is to run in a namespace of the lab.</summary>
    /// <returns>The directory of the file, for whatever else the program keeps there.</returns>
    public async Task<string> ConfigureAsync(string ns, string file, string configuration)
    {
        var directory = $"{RunDirectory}/{ns[(Name.Length + 1)..]}-{Path.GetFileNameWithoutExtension(file)}";
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync($"{directory}/{file}", configuration);
        return directory;
    }

    /// <summary>Starts a program in a namespace of the lab.</summary>
    public LabProcess Start(string ns, params IReadOnlyList<string> command) =>
        Start(ns, new Dictionary<string, string?>(), command);

    /// <param name="ns">A namespace of the lab.</param>
    /// <param name="environment">Variables added to the environment; null takes one away.</param>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="withInput">Standard input stays open.</param>
    public LabProcess Start(string ns, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> command, bool withInput = false)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_teardown is not null, this);
            var process = LabProcess.Start(ns, environment, command, withInput);
            _processes.Add(process);
            return process;
        }
    }

    /// <summary>FRR on the router, by default with the sessions of the scenario: this AS 65001, every master in AS 65000.</summary>
    public Task<FrrRouter> StartRouterAsync(FrrOptions? options = null) =>
        FrrRouter.StartAsync(this, RouterNs, options ?? FrrOptions.Router(Masters));

    /// <summary>FRR on a master, by default announcing the VIP.</summary>
    public Task<FrrRouter> StartFrrMasterAsync(int master, FrrOptions? options = null) =>
        FrrRouter.StartAsync(this, MasterNs(master), options ?? FrrOptions.Master(master));

    /// <summary>Captures TCP port 179 (or another filter) on an interface; it is listening when this returns.</summary>
    public Task<Capture> CaptureAsync(string? ns = null, string filter = "tcp port 179", string device = LabTopology.Interface) =>
        Capture.StartAsync(this, ns ?? RouterNs, filter, device);

    /// <summary>A listener on a master's VIP that answers with the master's name (m1, m2, ...).</summary>
    public TcpResponder StartResponder(int master, int port) =>
        Own(TcpResponder.Start(MasterNs(master), new IPEndPoint(LabTopology.Vip, port), $"m{master}"));

    public Task AddVipAsync(int master) => Ip.BatchAsync(MasterNs(master), $"addr add {LabTopology.VipPrefix} dev lo");

    public Task RemoveVipAsync(int master) => Ip.BatchAsync(MasterNs(master), $"addr del {LabTopology.VipPrefix} dev lo");

    /// <summary>A silent power-off: the master's port on the bridge goes down, the router keeps its carrier.</summary>
    public Task CutAsync(int master) => Ip.BatchAsync(BridgeNs, $"link set {LabTopology.MasterPort(master)} down");

    /// <summary>Undoes <see cref="CutAsync"/>.</summary>
    public Task HealAsync(int master) => Ip.BatchAsync(BridgeNs, $"link set {LabTopology.MasterPort(master)} up");

    /// <summary>Has a resource disposed with the lab, before its programs are ended.</summary>
    public T Own<T>(T resource) where T : IDisposable
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_teardown is not null, this);
            _resources.Add(resource);
        }
        return resource;
    }

    /// <summary>Ends all programs, deletes the namespaces and the run directory; a second call joins the first.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new ValueTask(_teardown ??= TearDownAsync());
        }
    }

    private async Task TearDownAsync()
    {
        // On Ctrl+C it may still be going on; whether it failed is CreateAsync's to say.
        await Task.WhenAny(_build);
        await LabTeardown.RunAsync(RunDirectory, Namespaces, _resources, _processes);
        LabRegistry.Remove(this);
    }
}
