using System.Text;
using System.Text.Json;

namespace BgpSharp.Interop.Harness;

/// <summary>
/// ExaBGP in one namespace of a lab. It has no table: commands go in through a pipe, and what it hears comes out as lines of JSON.
/// </summary>
internal sealed class ExabgpSpeaker
{
    private static int _last;

    private readonly string _commands;
    private readonly string _events;

    private ExabgpSpeaker(LabProcess daemon, string commands, string events)
    {
        Daemon = daemon;
        _commands = commands;
        _events = events;
    }

    public LabProcess Daemon { get; }

    /// <summary>Writes the configuration and starts ExaBGP; it has read it when this returns.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="ns">A namespace of it.</param>
    /// <param name="listenOn">Addresses to listen on.</param>
    /// <param name="neighbors">The neighbors, with <c>processes [ lab ]</c> in their <c>api</c>.</param>
    public static async Task<ExabgpSpeaker> StartAsync(Lab lab, string ns, string listenOn, string neighbors)
    {
        Requires.Router("exabgp");
        // Of one that was killed the process lives on, and holds its own pipe.
        var id = Interlocked.Increment(ref _last);
        var directory = await lab.ConfigureAsync(ns, "exabgp.conf", "");
        string commands = $"{directory}/commands{id}", events = $"{directory}/events{id}.json", script = $"{directory}/process{id}.sh";
        await Command.RunAsync("mkfifo", commands);
        await File.WriteAllTextAsync(script, $"exec 4<&0 3<>{commands}\ncat <&4 >{events} &\nexec cat <&3\n");
        await File.WriteAllTextAsync($"{directory}/exabgp.conf", $$"""
            process lab { run /bin/sh {{script}}; encoder json; }
            """ + '\n' + neighbors);
        var daemon = lab.Start(ns, Environment(listenOn), ["exabgp", $"{directory}/exabgp.conf"]);
        await daemon.WaitForLineAsync(line => line.Contains("loaded new configuration successfully", StringComparison.Ordinal));
        await daemon.WaitUntilReadyAsync(() => File.Exists(events), "ExaBGP's process for events");
        return new ExabgpSpeaker(daemon, commands, events);
    }

    /// <summary>Has it read a configuration and say what it thinks of it.</summary>
    public static LabProcess Validate(Lab lab, string ns, string configuration) =>
        lab.Start(ns, Environment(""), ["exabgp", "--test", configuration]);

    /// <summary>Gives it a command of its API.</summary>
    public async Task SendAsync(string command)
    {
        await using var pipe = new FileStream(_commands, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await pipe.WriteAsync(Encoding.ASCII.GetBytes(command + '\n'));
    }

    /// <summary>Everything it has told so far, in order.</summary>
    public async Task<IReadOnlyList<JsonElement>> EventsAsync()
    {
        await using var file = new FileStream(_events, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var text = await reader.ReadToEndAsync();
        // The last line may be half written.
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    private static JsonElement Parse(string line)
    {
        // It writes octets of a NOTIFICATION into its JSON as they are.
        using var json = JsonDocument.Parse(string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c)));
        return json.RootElement.Clone();
    }

    private static Dictionary<string, string?> Environment(string listenOn) => new()
    {
        ["exabgp.tcp.bind"] = listenOn,
        ["exabgp.daemon.drop"] = "false",
        ["exabgp.daemon.user"] = "root",
        ["exabgp.api.ack"] = "false",
        ["exabgp.api.cli"] = "false",
        ["exabgp.log.destination"] = "stdout",
        ["exabgp.log.level"] = "DEBUG",
        // It does not buffer its lines then.
        ["PYTHONUNBUFFERED"] = "1",
    };
}
