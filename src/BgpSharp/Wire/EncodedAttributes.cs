using System.Buffers;

namespace BgpSharp.Wire;

/// <summary>
/// A route's path attributes as bytes for one kind of session and family, made once and put into many UPDATEs. Immutable.
/// </summary>
internal sealed class EncodedAttributes
{
    private readonly byte[] _block;
    private readonly byte[] _nextHop;

    private EncodedAttributes(BgpFamily family, byte[] block, byte[] nextHop)
    {
        Family = family;
        _block = block;
        _nextHop = nextHop;
    }

    public BgpFamily Family { get; }

    /// <summary>All attributes in ascending order of type, but never MP_REACH_NLRI.</summary>
    public ReadOnlySpan<byte> Block => _block;

    /// <summary>The next hop for MP_REACH_NLRI; empty where NEXT_HOP is in the block.</summary>
    public ReadOnlySpan<byte> NextHop => _nextHop;

    /// <summary>Whether a value exceeds what an attribute can hold, so that there is no block.</summary>
    public bool IsTooLong { get; private init; }

    /// <summary>
    /// Encodes attributes as they are to be sent: the own AS already prepended, LOCAL_PREF set or null as the session asks.
    /// Of attributes that are too long for a message the writer takes no prefix.
    /// </summary>
    /// <exception cref="ArgumentException">There is no next hop for the family.</exception>
    public static EncodedAttributes Encode(BgpFamily family, BgpRouteAttributes effective, in WireContext context)
    {
        Span<byte> nextHop = stackalloc byte[NextHopField.MaximumLength];
        nextHop = nextHop[..NextHopField.Write(nextHop, family, effective)];
        var buffer = ArrayPool<byte>.Shared.Rent(ushort.MaxValue);
        try
        {
            return AttributeWriter.TryWrite(buffer.AsSpan(0, ushort.MaxValue), effective, nextHop.IsEmpty, context, out var written)
                ? new EncodedAttributes(family, buffer[..written], nextHop.ToArray())
                : new EncodedAttributes(family, [], nextHop.ToArray()) { IsTooLong = true };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
