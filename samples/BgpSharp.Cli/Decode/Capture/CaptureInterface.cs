using System.Buffers.Binary;
using BgpSharp.Cli.Decode.Input;

namespace BgpSharp.Cli.Decode.Capture;

/// <summary>An interface of a pcapng section.</summary>
/// <param name="LinkType">What its packets begin with.</param>
/// <param name="SnapLength">How much of a packet was kept; 0: all.</param>
/// <param name="FractionsPerSecond">The unit of its times.</param>
/// <param name="Offset">Seconds to add to its times.</param>
internal readonly record struct CaptureInterface(LinkType LinkType, uint SnapLength, ulong FractionsPerSecond, long Offset)
{
    private const ushort TimeResolution = 9;
    private const ushort TimeOffset = 14;

    /// <summary>Reads the body of an interface description, of at least 8 octets. Options without sense are passed over.</summary>
    public static CaptureInterface Read(ReadOnlySpan<byte> body, bool bigEndian)
    {
        var made = new CaptureInterface(
            (LinkType)OctetReader.ReadUInt16(body, bigEndian), OctetReader.ReadUInt32(body[4..], bigEndian), 1_000_000, 0);
        var options = body[8..];
        while (options.Length >= 4)
        {
            var code = OctetReader.ReadUInt16(options, bigEndian);
            var length = OctetReader.ReadUInt16(options[2..], bigEndian);
            var padded = (length + 3) & ~3;
            if (code == 0 || options.Length < 4 + padded)
            {
                break;
            }

            var value = options.Slice(4, length);
            made = (code, length) switch
            {
                (TimeResolution, 1) => made with { FractionsPerSecond = Resolution(value[0]) },
                (TimeOffset, 8) => made with
                {
                    Offset = Math.Clamp(
                        bigEndian ? BinaryPrimitives.ReadInt64BigEndian(value) : BinaryPrimitives.ReadInt64LittleEndian(value),
                        -uint.MaxValue,
                        uint.MaxValue),
                },
                _ => made,
            };
            options = options[(4 + padded)..];
        }

        return made;
    }

    // The upper bit chooses between powers of two and of ten.
    private static ulong Resolution(byte value) => (value & 0x80) != 0
        ? 1UL << Math.Min(value & 0x7F, 63)
        : (ulong)Math.Pow(10, Math.Min((int)value, 19));
}
