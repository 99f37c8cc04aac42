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
        private const int ShortHeader = 3;

        private readonly ReadOnlySpan<byte> _octets;
        private int _header;
        private int _value;
        private int _next;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Enumerator(ReadOnlySpan<byte> octets) => _octets = octets;

        /// <summary>The present attribute.</summary>
        public readonly PathAttributeView Current
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => new(_octets[_header], _octets[_header + 1], _octets[_value.._next]);
        }

        /// <summary>
        /// What is behind the present attribute. When <see cref="MoveNext"/> has returned false it is empty, or begins with
        /// the attribute that does not fit into the block.
        /// </summary>
        public readonly ReadOnlySpan<byte> Rest => _octets[_next..];

        /// <summary>Goes to the next attribute.</summary>
        /// <returns>Whether there is one, whole.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            var (header, value) = (_next, _next + ShortHeader);
            if (value > _octets.Length)
            {
                return false;
            }

            int length = _octets[header + 2];
            if ((_octets[header] & AttributeFlags.ExtendedLength) != 0)
            {
                if (value == _octets.Length)
                {
                    return false;
                }

                length = BinaryPrimitives.ReadUInt16BigEndian(_octets[(header + 2)..]);
                value++;
            }

            if (_octets.Length - value < length)
            {
                return false;
            }

            _header = header;
            _value = value;
            _next = value + length;
            return true;
        }
    }
}
