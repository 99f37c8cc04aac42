using System.Buffers;
using System.Net.Sockets;

namespace BgpSharp.Wire;

/// <summary>
/// A route's path attributes as bytes for one kind of session, made once and put into many UPDATEs. Immutable.
/// </summary>
internal sealed class EncodedAttributes
{
    private readonly byte[] _block;
    private readonly byte[] _nextHop;

    private EncodedAttributes(byte[] block, byte[] nextHop)
    {
        _block = block;
        _nextHop = nextHop;
    }

    /// <summary>All attributes in ascending order of type, NEXT_HOP among them when it is IPv4; never MP_REACH_NLRI.</summary>
    public ReadOnlySpan<byte> Block => _block;

    /// <summary>The next hop, 4 or 16 octets.</summary>
    public ReadOnlySpan<byte> NextHop => _nextHop;

    /// <summary>Whether a value exceeds what an attribute can hold, so that there is no block.</summary>
    public bool IsTooLong { get; private init; }

    /// <summary>Whether prefixes of a family can be announced with this next hop.</summary>
    public bool CanCarry(BgpFamily family) =>
        family == (_nextHop.Length == 4 ? BgpFamily.Ipv4Unicast : BgpFamily.Ipv6Unicast);

    /// <summary>
    /// Encodes attributes as they are to be sent: the own AS already prepended, LOCAL_PREF set or null as the session asks.
    /// Of attributes that are too long for a message the writer takes no prefix.
    /// </summary>
    /// <exception cref="ArgumentException">The next hop is null.</exception>
    public static EncodedAttributes Encode(BgpRouteAttributes effective, in WireContext context)
    {
        var nextHop = effective.NextHop
            ?? throw new ArgumentException("Attributes need a next hop before they can be sent.", nameof(effective));
        var octets = nextHop.GetAddressBytes();
        var output = new ArrayBufferWriter<byte>(64);
        var ipv4NextHop = nextHop.AddressFamily == AddressFamily.InterNetwork ? octets : [];
        return AttributeWriter.TryWriteAll(output, effective, ipv4NextHop, context)
            ? new EncodedAttributes(output.WrittenSpan.ToArray(), octets)
            : new EncodedAttributes([], octets) { IsTooLong = true };
    }
}
