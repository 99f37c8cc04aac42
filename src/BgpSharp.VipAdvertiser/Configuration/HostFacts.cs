using System.Collections;
using System.Net;
using System.Net.Sockets;
using BgpSharp.VipAdvertiser.Network;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>What a configuration is read against: the process's environment and the host's interfaces.</summary>
internal sealed class HostFacts
{
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The index of an interface, 0 when there is none of that name.</summary>
    public required Func<string, int> FindInterface { get; init; }

    /// <summary>The first IPv4 address of an interface that is none of 127/8.</summary>
    public required Func<string, IPAddress?> FindAddress { get; init; }

    /// <summary>As it is now.</summary>
    public static HostFacts Take() => new()
    {
        Variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? string.Empty, StringComparer.Ordinal),
        FindInterface = InterfaceIndex.Find,
        FindAddress = FirstAddress,
    };

    private static IPAddress? FirstAddress(string name)
    {
        using var table = new NetlinkAddressTable();
        return table.ListAddresses()
            .Where(address => address.InterfaceIndex == InterfaceIndex.Find(name) && address.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select(address => address.Address)
            .FirstOrDefault(address => !IPAddress.IsLoopback(address));
    }
}
