using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>
/// The path attributes of a received UPDATE, all of them, in wire order; without those that the receiver has to discard
/// and without repetitions (RFC 7606).
/// </summary>
public readonly ref struct PathAttributesView
{
    private readonly ReadOnlySpan<byte> _field;

    // One bit a type below 64: it is there and to be shown. Of the types above nothing is ever discarded.
    private readonly ulong _present;

    internal PathAttributesView(ReadOnlySpan<byte> field, ulong present)
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
        private PathAttributeBlock.Enumerator _all;
        private AttributeTypeSet _hidden;

        internal Enumerator(ReadOnlySpan<byte> field, ulong present)
        {
            _all = new PathAttributeBlock(field).GetEnumerator();
            _hidden = new AttributeTypeSet(~present);
        }

        /// <summary>The present attribute.</summary>
        public readonly PathAttributeView Current => _all.Current;

        /// <summary>Goes to the next attribute.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            while (_all.MoveNext())
            {
                if (_hidden.Add(_all.Current.Type))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
