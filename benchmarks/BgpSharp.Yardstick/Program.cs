using System.Globalization;
using System.Net;
using BgpSharp.Yardstick;
using BgpSharp.Yardstick.Loss;
using BgpSharp.Yardstick.Sessions;

// The library's rows of benchmarks/macro/codec, and benchmarks/macro/sessions, over its public surface only; the service behind
// a VIP and its clients for benchmarks/macro/loss.
return args switch
{
    ["walk", var file, var runs] => Decoding.Run(file, int.Parse(runs, CultureInfo.InvariantCulture), Decoding.Walk),
    ["validate", var file, var runs] => Decoding.Run(file, int.Parse(runs, CultureInfo.InvariantCulture), Decoding.Validate),
    ["objects", var file, var runs] => Decoding.Run(file, int.Parse(runs, CultureInfo.InvariantCulture), Decoding.ToObjects),
    ["encode", var runs] => Encoding.Run(int.Parse(runs, CultureInfo.InvariantCulture)),
    ["stream", var updates] => SyntheticStream.Write(Console.OpenStandardOutput(), int.Parse(updates, CultureInfo.InvariantCulture)),
    ["sessions", var network, var seconds, .. var counts] when network is "loopback" or "memory" => await SessionMeasurement.RunAsync(network, int.Parse(seconds, CultureInfo.InvariantCulture), counts.Select(count => int.Parse(count, CultureInfo.InvariantCulture))),
    ["sessions-peer", var target] => await FarProcess.RunAsync(target),
    ["serve", var port] => await Service.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)),
    ["ask", var target] => await Client.AskAsync(IPEndPoint.Parse(target)),
    ["connect", var target, var rate, var seconds] => await Client.RunAsync(IPEndPoint.Parse(target), int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: walk|validate|objects FILE RUNS | encode RUNS | stream UPDATES | sessions loopback|memory SECONDS COUNT.. | serve PORT | ask ADDRESS:PORT | connect ADDRESS:PORT RATE SECONDS");
    return 2;
}
