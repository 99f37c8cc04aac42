using BgpSharp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddBgpSpeaker(builder.Configuration.GetSection("Bgp")).AddHandler<Printer>().AddHealthCheck();
await builder.Build().RunAsync();

internal sealed class Printer : BgpPeerHandler
{
    public override ValueTask OnUpdateAsync(BgpSession session, in UpdateView update, CancellationToken cancellationToken) =>
        new(Console.Out.WriteLineAsync($"{session.RemoteEndPoint.Address}: {update.ToUpdate()}"));
}
