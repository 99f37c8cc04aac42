using System.Buffers.Binary;

namespace BgpSharp.Cli.Decode.Capture;

/// <summary>
/// Cuts one direction of a connection into BGP messages. Where it has lost its place (the capture began in the middle, or
/// lost packets) it looks for the next marker with a plausible length and type behind it.
/// </summary>
internal sealed class MessageFramer(IMessageSink sink, MemoryBudget budget) : IOctetSink
{
    private const int MarkerLength = 16;
    private const int HeaderLength = 19;
    private const byte LastType = 6;

    private byte[] _rest = [];
    private int _restLength;
    private bool _lost;
    private long _skipped;
    private long _missing;

    /// <summary>Whether the octets may be the begin of a message: as much of a marker as there is, then length and type.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> octets) =>
        !octets[..Math.Min(octets.Length, MarkerLength)].ContainsAnyExcept((byte)0xFF)
        && (octets.Length < HeaderLength || IsPlausible(octets));

    public void Octets(ReadOnlySpan<byte> octets, DateTimeOffset? time)
    {
        if (_restLength == 0)
        {
            Store(octets[Cut(octets, time)..]);
            return;
        }

        // Only until the message that was begun is whole; the rest is cut where it lies.
        while (_restLength > 0 && !octets.IsEmpty)
        {
            var wanted = Math.Max(1, Wanted() - _restLength);
            var part = octets[..Math.Min(wanted, octets.Length)];
            octets = octets[part.Length..];
            Append(part);
            var used = Cut(_rest.AsSpan(0, _restLength), time);
            RemoveFromRest(used);
        }

        if (_restLength == 0 && !octets.IsEmpty)
        {
            Store(octets[Cut(octets, time)..]);
        }
    }

    public void Gap(long octets)
    {
        _skipped += _restLength;
        RemoveFromRest(_restLength);
        _missing += octets;
        _lost = true;
    }

    /// <summary>Nothing more will come: tells of what is left over.</summary>
    public void End()
    {
        _skipped += _restLength;
        RemoveFromRest(_restLength);
        ReportSkipped();
    }

    private static bool IsPlausible(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt16BigEndian(header[MarkerLength..]) >= HeaderLength && header[HeaderLength - 1] is >= 1 and <= LastType;

    private int Wanted() => _lost || _restLength < HeaderLength
        ? HeaderLength
        : BinaryPrimitives.ReadUInt16BigEndian(_rest.AsSpan(MarkerLength));

    /// <summary>Passes on the whole messages; returns how much is dealt with.</summary>
    private int Cut(ReadOnlySpan<byte> octets, DateTimeOffset? time)
    {
        var position = 0;
        while (position < octets.Length)
        {
            var rest = octets[position..];
            if (_lost)
            {
                var passed = Resynchronize(rest);
                _skipped += passed;
                position += passed;
                if (_lost)
                {
                    return position;
                }

                continue;
            }

            if (rest[..Math.Min(rest.Length, MarkerLength)].ContainsAnyExcept((byte)0xFF))
            {
                _lost = true;
                continue;
            }

            if (rest.Length < HeaderLength)
            {
                return position;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[MarkerLength..]);
            if (length < HeaderLength)
            {
                _lost = true;
                _skipped += MarkerLength;
                position += MarkerLength;
                continue;
            }

            if (rest.Length < length)
            {
                return position;
            }

            ReportSkipped();
            sink.Message(rest[..length], time);
            position += length;
        }

        return position;
    }

    /// <summary>How many octets come before the next header, or cannot be part of one.</summary>
    private int Resynchronize(ReadOnlySpan<byte> octets)
    {
        var position = 0;
        while (true)
        {
            var run = octets[position..].IndexOf((byte)0xFF);
            if (run < 0)
            {
                return octets.Length;
            }

            position += run;
            var end = octets[position..].IndexOfAnyExcept((byte)0xFF);
            var runLength = end < 0 ? octets.Length - position : end;
            if (runLength < MarkerLength)
            {
                if (end < 0)
                {
                    return position;
                }

                position += runLength;
                continue;
            }

            // Of a longer run the last sixteen octets are the marker.
            var start = position + runLength - MarkerLength;
            if (octets.Length - start < HeaderLength)
            {
                return start;
            }

            if (IsPlausible(octets[start..]))
            {
                _lost = false;
                return start;
            }

            position += runLength;
        }
    }

    private void ReportSkipped()
    {
        if (_skipped > 0 || _missing > 0)
        {
            sink.Skipped(_skipped, _missing);
            _skipped = 0;
            _missing = 0;
        }
    }

    private void Store(ReadOnlySpan<byte> octets)
    {
        if (!octets.IsEmpty)
        {
            Append(octets);
        }
    }

    private void Append(ReadOnlySpan<byte> octets)
    {
        if (_rest.Length < _restLength + octets.Length)
        {
            var larger = new byte[Math.Max(_restLength + octets.Length, Math.Min(2 * _rest.Length, ushort.MaxValue))];
            _rest.AsSpan(0, _restLength).CopyTo(larger);
            budget.Take(larger.Length - _rest.Length);
            _rest = larger;
        }

        octets.CopyTo(_rest.AsSpan(_restLength));
        _restLength += octets.Length;
    }

    private void RemoveFromRest(int octets)
    {
        _rest.AsSpan(octets, _restLength - octets).CopyTo(_rest);
        _restLength -= octets;
        if (_restLength == 0)
        {
            // Most of the time nothing is left over, and there may be thousands of connections.
            budget.Give(_rest.Length);
            _rest = [];
        }
    }
}
