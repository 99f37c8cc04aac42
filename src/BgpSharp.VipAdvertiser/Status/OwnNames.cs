using System.Net;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>
/// What a browser may call this machine. A page from elsewhere whose name has been made to lead here (DNS rebinding) gives
/// itself away by that name: it cannot have an address, nor localhost, nor the machine's own name.
/// </summary>
internal static class OwnNames
{
    private const int LongestPort = 5;

    /// <param name="host">A Host field (RFC 9110 §7.2): a name or an address, and perhaps a port.</param>
    /// <param name="machine">The machine's name, with its domain or without.</param>
    public static bool Include(string host, string machine)
    {
        var name = WithoutPort(host);
        return name is ['[', .. var bracketed, ']']
            ? bracketed.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(bracketed, out _)
            : !name.Contains(':', StringComparison.Ordinal) && (IPAddress.TryParse(name, out _) || Is(name, "localhost") || Is(name, machine) || Is(name, machine.Split('.')[0]));
    }

    private static string WithoutPort(string host)
    {
        var colon = host.LastIndexOf(':');
        return colon >= 0 && host.Length - colon - 1 <= LongestPort && host[(colon + 1)..].All(char.IsAsciiDigit) ? host[..colon] : host;
    }

    private static bool Is(string name, string own) => own.Length > 0 && name.Equals(own, StringComparison.OrdinalIgnoreCase);
}
