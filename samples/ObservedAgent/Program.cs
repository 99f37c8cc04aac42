using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddBgpSpeaker(builder.Configuration.GetSection("Bgp"));
builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("BgpSharp")).WithLogging().UseOtlpExporter();
await builder.Build().RunAsync();
