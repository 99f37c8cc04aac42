using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using BgpSharp.Mrt;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>
/// The last messages and changes of state of one peer, in a ring of octets that never grows: what is new takes the place of
/// what is oldest. Allocates nothing once it is there. Thread-safe.
/// </summary>
internal sealed class FlightRecorder(int capacity)
{
    // An entry: time 8, length of the message 4, what it is 1, whose address 1, the states of a change 2; then the message.
    private const int EntryLength = 16;
    private const int LengthAt = 8;
    private const int MostEnds = 255;

    private readonly Lock _lock = new();
    private readonly byte[] _ring = new byte[capacity];
    private readonly List<IPAddress> _ends = [];
    private int _start;
    private int _used;

    public int Capacity => capacity;

    /// <summary>Takes down messages that go out together.</summary>
    public void Sent(DateTimeOffset time, IPAddress local, bool fourOctetAsn, ReadOnlySpan<byte> messages)
    {
        lock (_lock)
        {
            while (!messages.IsEmpty)
            {
                var length = BinaryPrimitives.ReadUInt16BigEndian(messages[WireLimits.MarkerLength..]);
                if (TryBegin(time, local, length, RecordedKind.Sent | Width(fourOctetAsn)))
                {
                    Put(messages[..length]);
                }

                messages = messages[length..];
            }
        }
    }

    /// <summary>Takes down a message that came.</summary>
    public void Received(DateTimeOffset time, IPAddress local, bool fourOctetAsn, MessageType type, in ReadOnlySequence<byte> body)
    {
        var length = WireLimits.HeaderLength + (int)body.Length;
        Span<byte> header = stackalloc byte[WireLimits.HeaderLength];
        header[..WireLimits.MarkerLength].Fill(0xFF);
        BinaryPrimitives.WriteUInt16BigEndian(header[WireLimits.MarkerLength..], (ushort)length);
        header[^1] = (byte)type;
        lock (_lock)
        {
            if (!TryBegin(time, local, length, RecordedKind.Received | Width(fourOctetAsn)))
            {
                return;
            }

            Put(header);
            foreach (var segment in body)
            {
                Put(segment.Span);
            }
        }
    }

    /// <summary>Takes down a change of state.</summary>
    public void StateChanged(DateTimeOffset time, IPAddress local, BgpSessionState before, BgpSessionState after)
    {
        lock (_lock)
        {
            TryBegin(time, local, 0, RecordedKind.StateChange, (byte)before, (byte)after);
        }
    }

    /// <summary>Writes all there is as MRT, oldest first.</summary>
    public void Write(IBufferWriter<byte> output, Asn peerAsn, IPAddress peer, Asn localAsn)
    {
        byte[] entries;
        IPAddress[] ends;
        lock (_lock)
        {
            entries = new byte[_used];
            var first = Math.Min(_used, capacity - _start);
            _ring.AsSpan(_start, first).CopyTo(entries);
            _ring.AsSpan(0, _used - first).CopyTo(entries.AsSpan(first));
            ends = [.. _ends];
        }

        var peerings = ends.Select(end => Peering(peerAsn, peer, localAsn, end)).ToArray();
        for (ReadOnlySpan<byte> rest = entries; !rest.IsEmpty;)
        {
            var time = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(rest), TimeSpan.Zero);
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[LengthAt..]);
            var kind = (RecordedKind)rest[12];
            var peering = peerings[rest[13]];
            if (kind == RecordedKind.StateChange)
            {
                MrtWriter.WriteStateChange(output, peering, time, (MrtFsmState)rest[14], (MrtFsmState)rest[15], withMicroseconds: true);
            }
            else
            {
                MrtWriter.Write(output, peering, time, rest.Slice(EntryLength, length), Subtype(kind), withMicroseconds: true);
            }

            rest = rest[(EntryLength + length)..];
        }
    }

    private static RecordedKind Width(bool fourOctetAsn) => fourOctetAsn ? 0 : RecordedKind.TwoOctetAsn;

    private static Bgp4MpSubtype Subtype(RecordedKind kind) => kind switch
    {
        RecordedKind.Received => Bgp4MpSubtype.MessageAs4,
        RecordedKind.Sent => Bgp4MpSubtype.MessageAs4Local,
        RecordedKind.Received | RecordedKind.TwoOctetAsn => Bgp4MpSubtype.Message,
        _ => Bgp4MpSubtype.MessageLocal,
    };

    /// <summary>A connection that was dialled by no address yet has none of the peer's family.</summary>
    private static MrtPeering Peering(Asn peerAsn, IPAddress peer, Asn localAsn, IPAddress local)
    {
        var plain = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        var own = local.IsIPv4MappedToIPv6 ? local.MapToIPv4() : local;
        var any = plain.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        return new MrtPeering(peerAsn, plain, localAsn, own.AddressFamily == plain.AddressFamily ? own : any);
    }

    /// <summary>Makes room and writes what is in front of a message; false: the ring is too small for it.</summary>
    private bool TryBegin(DateTimeOffset time, IPAddress local, int length, RecordedKind kind, byte before = 0, byte after = 0)
    {
        if (length > capacity - EntryLength)
        {
            return false;
        }

        var end = EndOf(local);
        Span<byte> entry = stackalloc byte[EntryLength];
        while (capacity - _used < EntryLength + length)
        {
            Peek(entry);
            var oldest = EntryLength + BinaryPrimitives.ReadInt32LittleEndian(entry[LengthAt..]);
            _start = (_start + oldest) % capacity;
            _used -= oldest;
        }

        BinaryPrimitives.WriteInt64LittleEndian(entry, time.UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(entry[LengthAt..], length);
        (entry[12], entry[13], entry[14], entry[15]) = ((byte)kind, end, before, after);
        Put(entry);
        return true;
    }

    /// <summary>The number of a local address, of which there are one or two; who has hundreds begins anew.</summary>
    private byte EndOf(IPAddress local)
    {
        for (var i = 0; i < _ends.Count; i++)
        {
            if (ReferenceEquals(_ends[i], local) || _ends[i].Equals(local))
            {
                return (byte)i;
            }
        }

        if (_ends.Count == MostEnds)
        {
            _ends.Clear();
            (_start, _used) = (0, 0);
        }

        _ends.Add(local);
        return (byte)(_ends.Count - 1);
    }

    private void Peek(Span<byte> entry)
    {
        var first = Math.Min(entry.Length, capacity - _start);
        _ring.AsSpan(_start, first).CopyTo(entry);
        _ring.AsSpan(0, entry.Length - first).CopyTo(entry[first..]);
    }

    private void Put(ReadOnlySpan<byte> octets)
    {
        var at = (_start + _used) % capacity;
        var first = Math.Min(octets.Length, capacity - at);
        octets[..first].CopyTo(_ring.AsSpan(at));
        octets[first..].CopyTo(_ring);
        _used += octets.Length;
    }
}
