using System.Net;
using BgpSharp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var host = Host.CreateApplicationBuilder(args).Build();
var loggers = host.Services.GetRequiredService<ILoggerFactory>();

await using var speaker = new BgpSpeaker(new BgpSpeakerOptions { LocalAsn = 65000, RouterId = BgpIdentifier.Parse(args[0]), LoggerFactory = loggers });
speaker.AddPeer(new BgpPeerOptions { Address = IPAddress.Parse(args[1]), RemoteAsn = 65001 });
speaker.Routes.Announce(new BgpRoute(IpPrefix.Parse(args[2])));
await speaker.StartAsync();
await host.RunAsync(); // Until Ctrl+C or SIGTERM; disposing the speaker then withdraws the route before the session closes.
