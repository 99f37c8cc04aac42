using System.Buffers;
using System.Buffers.Binary;

namespace BgpSharp.Mrt;

/// <summary>Changes of state (RFC 6396 §4.4.1).</summary>
public static partial class MrtWriter
{
    private const int StatesLength = 4;

    /// <summary>Writes a change of state, with four-octet AS numbers, into a buffer writer.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="peering">The ends of the session.</param>
    /// <param name="time">When it changed.</param>
    /// <param name="oldState">The state before.</param>
    /// <param name="newState">The state after.</param>
    /// <param name="withMicroseconds">Whether to keep the microseconds: BGP4MP_ET.</param>
    /// <exception cref="ArgumentException">The time is not in 1970 to 2106.</exception>
    public static void WriteStateChange(
        IBufferWriter<byte> output, MrtPeering peering, DateTimeOffset time, MrtFsmState oldState, MrtFsmState newState, bool withMicroseconds = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        var length = GetLength(peering, StatesLength, Bgp4MpSubtype.MessageAs4, withMicroseconds);
        var destination = output.GetSpan(length);
        var at = WriteHead(destination, length, peering, time, Bgp4MpSubtype.StateChangeAs4, withMicroseconds);
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], (ushort)oldState);
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], (ushort)newState);
        output.Advance(length);
    }
}
