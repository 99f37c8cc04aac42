// One router, three masters, one VIP: three next hops, one master fails, it comes back.
//
//   dotnet run --project samples/EcmpLab                 the router is a BgpSharp speaker, everything on loopback
//   dotnet run --project samples/EcmpLab -- --router frr the router is FRR, in network namespaces (as root)
using System.Net;
using System.Runtime.InteropServices;
using EcmpLab;
using EcmpLab.Embedded;
using EcmpLab.Frr;

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

return args switch
{
    [] or ["--router", "embedded"] => await Scenario.RunAsync(() => Task.FromResult<ILab>(new EmbeddedLab()), Console.Out, Console.Error, stopping.Token),
    ["--router", "frr"] => await Scenario.RunAsync(async () => await FrrLab.CreateAsync(stopping.Token), Console.Out, Console.Error, stopping.Token),
    // What the lab with FRR starts in each master's namespace.
    ["master", var local, var router] => await Master.RunAsync(IPAddress.Parse(local), IPAddress.Parse(router), stopping.Token),
    ["--help" or "-h"] => Usage(Console.Out, 0),
    _ => Usage(Console.Error, 2),
};

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stopping.Cancel();
}

static int Usage(TextWriter to, int exitCode)
{
    to.WriteLine("usage: EcmpLab [--router embedded|frr]     default: embedded");
    return exitCode;
}
