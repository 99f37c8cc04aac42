using System.Net;

namespace BgpSharp.Mrt;

/// <summary>A peer of a <see cref="MrtPeerIndexTable"/> (RFC 6396 §4.3.1).</summary>
public sealed class MrtPeer
{
    internal MrtPeer(BgpIdentifier identifier, IPAddress address, Asn asn)
    {
        Identifier = identifier;
        Address = address;
        Asn = asn;
    }

    /// <summary>The peer's BGP identifier; zero for the recorder's own routes.</summary>
    public BgpIdentifier Identifier { get; }

    /// <summary>The peer's address.</summary>
    public IPAddress Address { get; }

    /// <summary>The peer's AS number.</summary>
    public Asn Asn { get; }

    /// <summary>Address and AS number.</summary>
    /// <returns>For example <c>198.51.100.1 AS65001</c>.</returns>
    public override string ToString() => $"{Address} AS{Asn}";
}
