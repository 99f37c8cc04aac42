using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BgpSharp.Tests.VipAdvertiser.Status.Page;

/// <summary>A Chromium without a window, driven over its DevTools protocol. It starts with its first page.</summary>
public sealed class Chromium : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A name of somebody else that leads to this machine.</summary>
    internal const string Rebound = "rebound.example";

    private const string Listening = "DevTools listening on ";
    private const string Program = "/usr/bin/chromium";

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"bgpsharp-chromium-{Guid.NewGuid():N}");
    private readonly ClientWebSocket _socket = new();
    private Process? _process;
    private Task _output = Task.CompletedTask;
    private int _lastId;

    /// <summary>Opens a page of the given width in a context of its own.</summary>
    internal async Task<ChromiumPage> OpenAsync(Uri address, int width = 1200, bool scripts = true, bool dark = false)
    {
        if (_process is null)
        {
            if (Environment.GetEnvironmentVariable("CI") != "true")
            {
                Assert.SkipUnless(File.Exists(Program), $"{Program} is not there: apt-get install chromium");
            }

            await StartAsync();
        }

        var context = (await SendAsync("Target.createBrowserContext", []))["browserContextId"]!.GetValue<string>();
        var target = (await SendAsync("Target.createTarget", new() { ["url"] = "about:blank", ["browserContextId"] = context }))["targetId"]!.GetValue<string>();
        var session = (await SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true }))["sessionId"]!.GetValue<string>();
        var page = new ChromiumPage(this, target, session);
        await page.SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = 800, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        await page.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = !scripts });
        await page.SendAsync("Emulation.setEmulatedMedia", new()
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }),
        });
        await page.SendAsync("Page.navigate", new() { ["url"] = address.ToString() });
        await page.UntilAsync("location.protocol === 'http:' && document.readyState === 'complete'", "the page is loaded");
        return page;
    }

    /// <summary>A command and its answer; events in between are of no interest.</summary>
    internal async Task<JsonObject> SendAsync(string method, JsonObject parameters, string? session = null)
    {
        var command = new JsonObject { ["id"] = ++_lastId, ["method"] = method, ["params"] = parameters };
        if (session is not null)
        {
            command["sessionId"] = session;
        }

        using var limit = new CancellationTokenSource(Patience);
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, true, limit.Token);
        while (true)
        {
            var message = await ReceiveAsync(limit.Token);
            if (message["id"]?.GetValue<int>() == _lastId)
            {
                return message["result"]?.AsObject() ?? throw new InvalidOperationException($"{method}: {message["error"]}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            if (_socket.State == WebSocketState.Open)
            {
                // Asked, it ends its helpers first.
                await SendAsync("Browser.close", []);
            }
            else
            {
                process.Kill(entireProcessTree: true);
            }

            await process.WaitForExitAsync().WaitAsync(Patience);
            await _output;
            process.Dispose();
            await EndOrphansAsync();
            Directory.Delete(_directory, recursive: true);
        }

        _socket.Dispose();
    }

    private async Task StartAsync()
    {
        Directory.CreateDirectory(_directory);
        _process = Process.Start(new ProcessStartInfo(
            Program,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--no-zygote", "--disable-dev-shm-usage", "--no-first-run", $"--user-data-dir={_directory}", "--remote-debugging-port=0",
                // Nothing but loopback is asked for anything, and no helper outlives the browser.
                $"--host-resolver-rules=MAP {Rebound} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-extensions", "--disable-breakpad", "--disable-crash-reporter", "about:blank",
            ])
        { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true })!;
        using var limit = new CancellationTokenSource(Patience);
        List<string> said = [];
        while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            said.Add(line);
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                // Read on, or a full pipe would hold it up.
                _output = Task.WhenAll(_process.StandardError.ReadToEndAsync(CancellationToken.None), _process.StandardOutput.ReadToEndAsync(CancellationToken.None));
                await _socket.ConnectAsync(new Uri(line[Listening.Length..]), limit.Token);
                return;
            }
        }

        throw new InvalidOperationException($"Chromium ended before it listened:\n{string.Join('\n', said)}");
    }

    private async Task<JsonObject> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, cancellationToken);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(message.ToArray())!.AsObject();
            }
        }
    }

    /// <summary>Helpers that had left the process tree; each has the directory in its command line.</summary>
    private async Task EndOrphansAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        while (Orphans() is { Count: > 0 } orphans)
        {
            foreach (var orphan in orphans)
            {
                orphan.Kill();
                await orphan.WaitForExitAsync(limit.Token);
                orphan.Dispose();
            }
        }
    }

    private List<Process> Orphans()
    {
        List<Process> found = [];
        foreach (var process in Process.GetProcesses())
        {
            try
            {
                if (File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(_directory, StringComparison.Ordinal))
                {
                    found.Add(process);
                    continue;
                }
            }
            catch (IOException)
            {
                // It has ended since it was listed.
            }

            process.Dispose();
        }

        return found;
    }
}
