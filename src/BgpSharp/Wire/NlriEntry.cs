using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>One prefix where it lies in a message (RFC 4271 §4.3), with its path identifier where there is one.</summary>
public readonly ref struct NlriEntry
{
    private readonly ReadOnlySpan<byte> _entry;
    private readonly int _lengthAt;
    private readonly bool _isV4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal NlriEntry(ReadOnlySpan<byte> entry, int lengthAt, bool isV4)
    {
        _entry = entry;
        _lengthAt = lengthAt;
        _isV4 = isV4;
    }

    /// <summary>The path identifier (RFC 7911 §3); null where none was agreed on.</summary>
    public uint? PathId => _lengthAt == 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(_entry);

    /// <summary>The number of network bits, 0 to 32 or 0 to 128.</summary>
    public int Length => _entry[_lengthAt];

    /// <summary>
    /// The octets of the network address that are there: as many as <see cref="Length"/> needs. Bits behind it may be set and
    /// have no meaning.
    /// </summary>
    public ReadOnlySpan<byte> Octets => _entry[(_lengthAt + 1)..];

    /// <summary>The prefix as a value; bits behind its length are cleared.</summary>
    /// <returns>The prefix.</returns>
    public IpPrefix ToPrefix() => IpPrefix.FromOctets(_isV4, Octets, Length);

    /// <summary>The prefix and its path identifier as a value.</summary>
    /// <returns>The path.</returns>
    public BgpPath ToPath() => new(ToPrefix(), PathId);
}
