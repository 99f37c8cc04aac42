using System.Buffers.Binary;

namespace BgpSharp;

/// <summary>The communities (RFC 1997) of a received UPDATE where they lie in the message, in wire order.</summary>
public readonly ref struct CommunitiesView
{
    private readonly ReadOnlySpan<byte> _octets;

    internal CommunitiesView(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>How many there are.</summary>
    public int Count => _octets.Length >> 2;

    /// <summary>One of them.</summary>
    /// <param name="index">0 for the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none at that index.</exception>
    public Community this[int index] => new(BinaryPrimitives.ReadUInt32BigEndian(_octets.Slice(index * 4, 4)));

    /// <summary>Enumerates the communities.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(_octets);

    /// <summary>Makes the list to keep.</summary>
    /// <returns>The communities.</returns>
    public IReadOnlyList<Community> ToList()
    {
        var communities = new Community[Count];
        for (var i = 0; i < communities.Length; i++)
        {
            communities[i] = this[i];
        }

        return communities;
    }

    /// <summary>Enumerates communities.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> octets) => _rest = octets;

        /// <summary>The present community.</summary>
        public Community Current { get; private set; }

        /// <summary>Goes to the next community.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            Current = new Community(BinaryPrimitives.ReadUInt32BigEndian(_rest));
            _rest = _rest[4..];
            return true;
        }
    }
}
