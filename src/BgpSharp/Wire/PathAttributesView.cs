using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>
/// The path attributes of a received UPDATE, all of them, in wire order; without those that the receiver has to discard
/// and without repetitions (RFC 7606).
/// </summary>
public readonly ref struct PathAttributesView
{
    private readonly ReadOnlySpan<byte> _field;
    private readonly AttributeTypeSet _present;

    internal PathAttributesView(ReadOnlySpan<byte> field, AttributeTypeSet present)
    {
        _field = field;
        _present = present;
    }

    /// <summary>Enumerates the attributes.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(_field, _present);

    /// <summary>Enumerates path attributes.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<byte> _field;
        private AttributeTypeSet _awaited;
        private int _position;

        internal Enumerator(ReadOnlySpan<byte> field, AttributeTypeSet present)
        {
            _field = field;
            _awaited = present;
        }

        /// <summary>The present attribute.</summary>
        public PathAttributeView Current { get; private set; }

        /// <summary>Goes to the next attribute.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            while (AttributeHeader.TryRead(_field, _position, out var header))
            {
                _position = header.End;
                if (_awaited.Remove(header.Type))
                {
                    Current = new PathAttributeView(header.Flags, header.Type, _field[header.ValueStart..header.End]);
                    return true;
                }
            }

            return false;
        }
    }
}
