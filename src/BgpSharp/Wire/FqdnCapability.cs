using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BgpSharp.Wire;

/// <summary>The sender's host and domain name (capability 73). Immutable.</summary>
public sealed class FqdnCapability
{
    private readonly BgpCapability _capability;

    /// <summary>Makes the capability.</summary>
    /// <param name="hostName">The host name.</param>
    /// <param name="domainName">The domain name; empty: none.</param>
    /// <exception cref="ArgumentException">Both together have more than 253 octets of UTF-8.</exception>
    public FqdnCapability(string hostName, string domainName = "")
    {
        ArgumentNullException.ThrowIfNull(hostName);
        ArgumentNullException.ThrowIfNull(domainName);
        var (host, domain) = (Encoding.UTF8.GetBytes(hostName), Encoding.UTF8.GetBytes(domainName));
        if (host.Length + domain.Length > byte.MaxValue - 2)
        {
            throw new ArgumentException($"Host and domain name have at most 253 octets together, not {host.Length + domain.Length}.", nameof(hostName));
        }

        _capability = new BgpCapability(CapabilityCode.Fqdn, [(byte)host.Length, .. host, (byte)domain.Length, .. domain]);
        HostName = hostName;
        DomainName = domainName;
    }

    private FqdnCapability(BgpCapability capability, ReadOnlySpan<byte> hostName, ReadOnlySpan<byte> domainName)
    {
        _capability = capability;
        HostName = PeerText.Escape(hostName);
        DomainName = PeerText.Escape(domainName);
    }

    /// <summary>The host name; what a peer sent is escaped, fit for a log line.</summary>
    public string HostName { get; }

    /// <summary>The domain name; what a peer sent is escaped, fit for a log line.</summary>
    public string DomainName { get; }

    /// <summary>Reads the capability.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="result">Its content.</param>
    /// <returns>False: it is another one, or malformed and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, [NotNullWhen(true)] out FqdnCapability? result)
    {
        ArgumentNullException.ThrowIfNull(capability);
        result = null;
        var value = capability.Value.Span;
        if (capability.Code != CapabilityCode.Fqdn || value.IsEmpty || value.Length < 2 + value[0])
        {
            return false;
        }

        var domain = value[(1 + value[0])..];
        if (domain.Length != 1 + domain[0])
        {
            return false;
        }

        result = new FqdnCapability(capability, value.Slice(1, value[0]), domain[1..]);
        return true;
    }

    /// <summary>The capability as it goes into an OPEN.</summary>
    /// <returns>Code and value.</returns>
    public BgpCapability ToCapability() => _capability;

    /// <summary>The names.</summary>
    /// <returns>For example <c>"router1" "example.net"</c>.</returns>
    public override string ToString() => DomainName.Length == 0 ? $"\"{HostName}\"" : $"\"{HostName}\" \"{DomainName}\"";
}
