using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Samples;

/// <summary>The agent that exports over OTLP, and an HTTP server on loopback in the collector's place.</summary>
public sealed class ObservedAgentTests
{
    [Fact]
    public async Task Metrics_and_logs_of_a_session_that_is_refused_arrive_at_the_collector()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        using var limit = new Deadline();
        var received = ReceiveAsync(collector, ["POST /v1/metrics", "bgp.session.transitions", "POST /v1/logs", "not established, trying again"], limit.Token);
        using var closed = new TcpListener(IPAddress.Loopback, 0); // Bound and not listening: it refuses.
        closed.Server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var start = new ProcessStartInfo(Programs.ObservedAgent[0], [.. Programs.ObservedAgent.Skip(1)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{collector.LocalEndpoint}",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
                ["Bgp__LocalAsn"] = "65000",
                ["Bgp__RouterId"] = "198.51.100.11",
                ["Bgp__Peers__tor1__Address"] = "127.0.0.1",
                ["Bgp__Peers__tor1__Port"] = $"{((IPEndPoint)closed.Server.LocalEndPoint!).Port}",
                ["Bgp__Peers__tor1__RemoteAsn"] = "65001",
            },
        };
        using var agent = Process.Start(start)!;
        var output = agent.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = agent.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            (await received).Should().BeEmpty($"all of it arrives; these did not");
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync(CancellationToken.None);
            await Task.WhenAll(output, errors);
        }
    }

    /// <summary>Takes requests, answers each with 200, and looks for texts until all were there or the time is over.</summary>
    /// <returns>Those that were not.</returns>
    private static async Task<IReadOnlyCollection<string>> ReceiveAsync(TcpListener collector, HashSet<string> wanted, CancellationToken cancellationToken)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                lock (wanted)
                {
                    if (wanted.Count == 0)
                    {
                        return [];
                    }
                }

                using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var accept = collector.AcceptTcpClientAsync(pause.Token).AsTask();
                serving.Add(ServeAsync(await accept, wanted, cancellationToken));
                await Task.WhenAny(serving[^1], Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            lock (wanted)
            {
                return [.. wanted];
            }
        }
    }

    private static async Task ServeAsync(TcpClient client, HashSet<string> wanted, CancellationToken cancellationToken)
    {
        using (client)
        {
            var stream = client.GetStream();
            var request = new MemoryStream();
            var buffer = new byte[65536];
            while (!IsWhole(request.ToArray()))
            {
                var length = await stream.ReadAsync(buffer, cancellationToken);
                if (length == 0)
                {
                    return;
                }

                request.Write(buffer, 0, length);
            }

            var text = Encoding.Latin1.GetString(request.ToArray());
            lock (wanted)
            {
                wanted.RemoveWhere(part => text.Contains(part, StringComparison.Ordinal));
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
        }
    }

    private static bool IsWhole(byte[] request)
    {
        var text = Encoding.Latin1.GetString(request);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end >= 0 && text[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
            && request.Length >= end + 4 + int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
