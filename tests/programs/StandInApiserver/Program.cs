using System.Net;
using BgpSharp.Tests.StandIn;

// StandInApiserver --address A --port P [--directory D] [--names kubernetes,127.0.0.1] [--mode Ok] [--http] [--client-certificate]
// Into the directory it writes ca.pem and admin.conf. It prints "listening on A:P", obeys the lines of its standard input and
// ends with it:
//   mode NAME    one of StandInMode
//   rotate       a new CA and certificate; admin.conf and ca.pem stay as they are
//   write        admin.conf and ca.pem are those of the CA again
//   disconnect   the connections that are open end
//   answered     prints "answered N", the number of answers so far
//   quit
var given = new Dictionary<string, string>();
for (var i = 0; i < args.Length; i++)
{
    given[args[i]] = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal) ? args[++i] : string.Empty;
}

var names = given.GetValueOrDefault("--names", "kubernetes").Split(',');
var authority = new StandInAuthority();
Write();
await using var apiserver = new StandInApiserver(
    IPAddress.Parse(given.GetValueOrDefault("--address", "127.0.0.1")),
    given.ContainsKey("--http") ? null : authority.IssueServer(names),
    int.Parse(given.GetValueOrDefault("--port", "0")),
    Enum.Parse<StandInMode>(given.GetValueOrDefault("--mode", nameof(StandInMode.Ok)), ignoreCase: true));
Require();
Console.WriteLine($"listening on {apiserver.EndPoint}");
while (Console.ReadLine() is { } line && line != "quit")
{
    Obey(line);
    Console.WriteLine($"done {line}");
}

return;

void Obey(string line)
{
    switch (line.Split(' '))
    {
        case ["mode", var mode]:
            apiserver.Mode = Enum.Parse<StandInMode>(mode, ignoreCase: true);
            break;
        case ["disconnect"]:
            apiserver.Disconnect();
            break;
        case ["rotate"]:
            authority = new StandInAuthority();
            apiserver.Certificate = authority.IssueServer(names);
            Require();
            break;
        case ["write"]:
            Write();
            break;
        case ["answered"]:
            Console.WriteLine($"answered {apiserver.Answered}");
            break;
        default:
            throw new ArgumentException($"no such command: {line}");
    }
}

void Require() => apiserver.ClientAuthority = given.ContainsKey("--client-certificate") ? authority : null;

void Write()
{
    if (given.TryGetValue("--directory", out var directory))
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "ca.pem"), authority.Pem);
        File.WriteAllText(Path.Combine(directory, "admin.conf"), authority.Kubeconfig(authority.IssueClient()));
    }
}
