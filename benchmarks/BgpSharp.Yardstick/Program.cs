using System.Globalization;
using BgpSharp.Yardstick;
using BgpSharp.Yardstick.Sessions;

// The library's rows of benchmarks/macro/codec, and benchmarks/macro/sessions, over its public surface only.
return args switch
{
    ["walk", var file, var runs] => Decoding.Run(file, int.Parse(runs, CultureInfo.InvariantCulture), Decoding.Walk),
    ["validate", var file, var runs] => Decoding.Run(file, int.Parse(runs, CultureInfo.InvariantCulture), Decoding.Validate),
    ["objects", var file, var runs] => Decoding.Run(file, int.Parse(runs, CultureInfo.InvariantCulture), Decoding.ToObjects),
    ["encode", var runs] => Encoding.Run(int.Parse(runs, CultureInfo.InvariantCulture)),
    ["stream", var updates] => SyntheticStream.Write(Console.OpenStandardOutput(), int.Parse(updates, CultureInfo.InvariantCulture)),
    ["sessions", var network, var seconds, .. var counts] when network is "loopback" or "memory" => await SessionMeasurement.RunAsync(network, int.Parse(seconds, CultureInfo.InvariantCulture), counts.Select(count => int.Parse(count, CultureInfo.InvariantCulture))),
    ["sessions-peer", var target] => await FarProcess.RunAsync(target),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: walk|validate|objects FILE RUNS | encode RUNS | stream UPDATES | sessions loopback|memory SECONDS COUNT..");
    return 2;
}
