using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>
/// Path attributes one behind the other, as in an UPDATE or an MRT RIB entry (RFC 4271 §4.3). Enumerates them in wire order,
/// without judgement: repetitions and unknown ones too. It stops in front of what is longer than the block.
/// </summary>
public readonly ref struct PathAttributeBlock
{
    /// <summary>Looks at a block of attributes.</summary>
    /// <param name="octets">The attributes, each with its header.</param>
    public PathAttributeBlock(ReadOnlySpan<byte> octets) => Octets = octets;

    /// <summary>The whole block.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>Enumerates the attributes.</summary>
    /// <returns>The enumerator.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Enumerator GetEnumerator() => new(Octets);

    /// <summary>Enumerates path attributes.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _value;
        private byte _flags;
        private byte _type;

        internal Enumerator(ReadOnlySpan<byte> octets) => _rest = octets;

        /// <summary>The present attribute.</summary>
        public readonly PathAttributeView Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => new(_flags, _type, _value);
        }

        /// <summary>
        /// What is behind the present attribute. When <see cref="MoveNext"/> has returned false it is empty, or begins with
        /// the attribute that does not fit into the block.
        /// </summary>
        public readonly ReadOnlySpan<byte> Rest => _rest;

        /// <summary>Goes to the next attribute.</summary>
        /// <returns>Whether there is one, whole.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            var rest = _rest;
            if (rest.Length < 3)
            {
                return false;
            }

            int start = 3, length = rest[2];
            if ((rest[0] & AttributeFlags.ExtendedLength) != 0)
            {
                if (rest.Length < 4)
                {
                    return false;
                }

                start = 4;
                length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            }

            if (rest.Length - start < length)
            {
                return false;
            }

            _flags = rest[0];
            _type = rest[1];
            _value = rest.Slice(start, length);
            _rest = rest[(start + length)..];
            return true;
        }
    }
}
