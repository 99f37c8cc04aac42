namespace BgpSharp.Mrt;

/// <summary>The entries of a <see cref="MrtRib"/> where they lie, in their order.</summary>
public readonly ref struct MrtRibEntries
{
    private readonly ReadOnlySpan<byte> _field;
    private readonly int _count;
    private readonly bool _havePathIds;
    private readonly uint _pathId;

    internal MrtRibEntries(ReadOnlySpan<byte> field, int count, bool havePathIds, uint pathId)
    {
        _field = field;
        _count = count;
        _havePathIds = havePathIds;
        _pathId = pathId;
    }

    /// <summary>Enumerates the entries.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Enumerates entries.</summary>
    public ref struct Enumerator
    {
        private readonly MrtRibEntries _entries;
        private MrtFieldReader _fields;
        private int _left;

        internal Enumerator(MrtRibEntries entries)
        {
            _entries = entries;
            _fields = new MrtFieldReader(entries._field);
            _left = entries._count;
        }

        /// <summary>The present entry.</summary>
        public MrtRibEntry Current { get; private set; }

        /// <summary>Goes to the next entry.</summary>
        /// <returns>Whether there is a whole one.</returns>
        public bool MoveNext()
        {
            if (_left-- <= 0)
            {
                return false;
            }

            Current = MrtRibEntry.Read(ref _fields, _entries._havePathIds, _entries._pathId);
            return _fields.IsOk;
        }
    }
}
