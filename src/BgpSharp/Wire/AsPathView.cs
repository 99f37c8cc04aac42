using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>
/// The AS path of a received UPDATE where it lies in the message. On a session of two-octet AS numbers it is AS_PATH and
/// AS4_PATH reconciled (RFC 6793 §4.2.3). Enumerates segments, nearest first.
/// </summary>
public readonly ref struct AsPathView
{
    private readonly ReadOnlySpan<byte> _path;
    private readonly ReadOnlySpan<byte> _as4Path;
    private readonly int _asnOctets;

    // How many hops of AS_PATH come before AS4_PATH takes over; all of them when there is none.
    private readonly int _hopsFromPath;

    internal AsPathView(ReadOnlySpan<byte> path, ReadOnlySpan<byte> as4Path, int asnOctets)
    {
        _path = path;
        _asnOctets = asnOctets;
        _hopsFromPath = int.MaxValue;
        if (!as4Path.IsEmpty)
        {
            var surplus = AsPathField.Hops(path, asnOctets) - AsPathField.Hops(as4Path, 4);
            if (surplus >= 0)
            {
                _as4Path = as4Path;
                _hopsFromPath = surplus;
            }
        }
    }

    /// <summary>Whether the path has no segment.</summary>
    public bool IsEmpty => _path.IsEmpty;

    /// <summary>The length that route selection compares: a set counts one, confederation segments none (RFC 5065 §5.3).</summary>
    public int Length => _path.IsEmpty ? 0 : AsPathField.Hops(_path, _asnOctets);

    /// <summary>Enumerates the segments.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Whether an AS number is anywhere in the path.</summary>
    /// <param name="asn">The AS number.</param>
    /// <returns>Whether it is there.</returns>
    public bool Contains(Asn asn)
    {
        foreach (var segment in this)
        {
            foreach (var one in segment)
            {
                if (one == asn)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// Makes the object to keep. A sequence that was cut only because a segment holds at most 255 numbers, or because
    /// AS4_PATH begins in it, becomes one segment.
    /// </summary>
    /// <returns>The path.</returns>
    public AsPath ToAsPath()
    {
        if (IsEmpty)
        {
            return AsPath.Empty;
        }

        var words = new uint[Flatten(default)];
        Flatten(words);
        return AsPath.FromWords(words);
    }

    /// <summary>The usual form.</summary>
    /// <returns>For example <c>65001 65002 {65003,65004}</c>; empty for the empty path.</returns>
    public override string ToString() => ToAsPath().ToString();

    // Counts the words of the object to make; with room for them, writes them too.
    private int Flatten(Span<uint> words)
    {
        var length = 0;
        var header = 0;
        var previous = default(AsPathSegmentType);
        var isOpen = false;
        var enumerator = GetEnumerator();
        while (enumerator.MoveNext())
        {
            var segment = enumerator.Current;
            var joins = segment.Type is AsPathSegmentType.Sequence or AsPathSegmentType.ConfedSequence && previous == segment.Type
                && (isOpen || enumerator.IsAtSeam);
            if (!joins)
            {
                header = length++;
            }

            if (!words.IsEmpty)
            {
                segment.CopyTo(words.Slice(length, segment.Count));
                words[header] = AsPathSegment.Header(segment.Type, length + segment.Count - header - 1);
            }

            length += segment.Count;
            previous = segment.Type;
            isOpen = segment.Count == byte.MaxValue;
        }

        return length;
    }

    /// <summary>Enumerates the segments of an AS path.</summary>
    public ref struct Enumerator
    {
        private readonly int _asnOctets;
        private ReadOnlySpan<byte> _path;
        private ReadOnlySpan<byte> _as4Path;
        private int _hopsLeft;
        private bool _inAs4Path;

        internal Enumerator(AsPathView view)
        {
            _path = view._path;
            _as4Path = view._as4Path;
            _asnOctets = view._asnOctets;
            _hopsLeft = view._hopsFromPath;
        }

        /// <summary>The present segment.</summary>
        public AsPathSegmentView Current { get; private set; }

        /// <summary>Whether the present segment is the first from AS4_PATH.</summary>
        internal bool IsAtSeam { get; private set; }

        /// <summary>Goes to the next segment.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            IsAtSeam = false;
            if (!_inAs4Path)
            {
                if (!_path.IsEmpty)
                {
                    var segment = AsPathField.First(_path, _asnOctets, out var octets);
                    if (segment.IsConfederation || _hopsLeft > 0)
                    {
                        Current = segment.Hops <= _hopsLeft ? segment : segment.First(_hopsLeft);
                        _hopsLeft -= Current.Hops;
                        _path = _path[octets..];
                        return true;
                    }
                }

                _inAs4Path = true;
                IsAtSeam = true;
            }

            // Confederation segments have no place in AS4_PATH and are passed over (RFC 6793 §6).
            while (!_as4Path.IsEmpty)
            {
                var segment = AsPathField.First(_as4Path, 4, out var octets);
                _as4Path = _as4Path[octets..];
                if (!segment.IsConfederation)
                {
                    Current = segment;
                    return true;
                }
            }

            return false;
        }
    }
}
