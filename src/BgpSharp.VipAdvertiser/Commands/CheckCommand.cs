using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Configuration;
using BgpSharp.VipAdvertiser.Health;
using BgpSharp.VipAdvertiser.Network;
using BgpSharp.VipAdvertiser.Routers;

namespace BgpSharp.VipAdvertiser.Commands;

/// <summary>
/// <c>check</c>: the configuration with its sources, whether peers and health check answer, and what the routers need. It
/// changes nothing on this host and announces nothing.
/// </summary>
internal sealed class CheckCommand(IHealthGateFactory gates, INameResolver resolver, TimeProvider time, TextWriter output)
{
    /// <summary>Longer than a connect to a host that is not there may need to fail.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>0 when everything answers, else 2.</returns>
    public async Task<int> RunAsync(AdvertiserOptions options, ConfigurationSources sources, CancellationToken cancellationToken)
    {
        await WriteAsync("The configuration is right:", EffectiveConfiguration.Describe(sources));
        if (options.Remarks.Count > 0)
        {
            await WriteAsync("Remarks:", options.Remarks.Select(remark => $"  {remark}"));
        }

        var resolved = await ResolveAsync(options, cancellationToken);
        var peers = await Task.WhenAll(options.Peers.Select(peer => PeerCheck.RunAsync(options, peer, Patience, time, cancellationToken)));
        await WriteAsync("Peers:", options.Peers.Zip(peers, Describe).SelectMany(lines => lines));
        var (isHealthy, health) = await CheckHealthAsync(options, resolved, cancellationToken);
        await WriteAsync("Health check:", [$"  {health}"]);
        foreach (var (peer, answer) in options.Peers.Zip(peers))
        {
            await WriteAsync(null, RouterText(options, peer, answer.LocalAddress, resolved));
        }

        return isHealthy && peers.All(answer => answer.IsUsable) ? ExitStatus.Stopped : ExitStatus.ConfigurationWrong;
    }

    private static IEnumerable<string> Describe(PeerOptions peer, PeerAnswer answer)
    {
        string[] lines = [$"  {peer.Session.Address} AS {peer.Session.RemoteAsn}: {answer.Text}"];
        return answer.Explanation is { } why ? [.. lines, $"    {why.Problem}", $"    {why.Advice}"] : lines;
    }

    private static IEnumerable<string> RouterText(AdvertiserOptions options, PeerOptions peer, IPAddress? hostAddress, IReadOnlyList<IPAddress> resolved)
    {
        if (hostAddress is null)
        {
            return [$"There is no address to reach {peer.Session.Address} from, so no configuration for it can be made: give the peer a sourceAddress"];
        }

        var neighbour = RouterNeighbour.Make(options, peer, hostAddress, resolved);
        return [.. FrrConfiguration.Make(neighbour), string.Empty, .. BirdConfiguration.Make(neighbour)];
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(AdvertiserOptions options, CancellationToken cancellationToken)
    {
        var addresses = new List<IPAddress>();
        foreach (var vip in options.Vips.Where(vip => vip.Address is null))
        {
            try
            {
                var found = DnsChoice.Pick(await resolver.ResolveAsync(vip.Name, cancellationToken), vip.DnsMode, []);
                addresses.AddRange(found);
                await WriteAsync("Names:", [$"  {vip.Name} is {(found.Count > 0 ? string.Join(", ", found) : "no address of the wanted family")}"]);
            }
            catch (SocketException e)
            {
                await WriteAsync("Names:", [$"  {vip.Name} cannot be resolved: {e.Message}"]);
            }
        }

        return addresses;
    }

    private async Task<(bool IsHealthy, string Text)> CheckHealthAsync(AdvertiserOptions options, IReadOnlyList<IPAddress> resolved, CancellationToken cancellationToken)
    {
        if (options.Gate is not { } gate)
        {
            return (true, "none");
        }

        IReadOnlyCollection<IPAddress> vips = [.. options.Vips.Select(vip => vip.Address).OfType<IPAddress>(), .. resolved];
        using var limit = new CancellationTokenSource(gate.Timeout + Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await foreach (var check in gates.Create(gate, () => vips).WatchAsync(default, either.Token))
            {
                return check.Failure is null ? (true, "it succeeds") : (false, check.Failure);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The limit: said below.
        }

        return (false, "it has not ended in time");
    }

    private async Task WriteAsync(string? title, IEnumerable<string> lines)
    {
        if (title is not null)
        {
            await output.WriteLineAsync(title);
        }

        foreach (var line in lines)
        {
            await output.WriteLineAsync(line);
        }

        await output.WriteLineAsync();
    }
}
