using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>COMMUNITIES as bgpdump writes them: three by name, and no more than its buffer holds.</summary>
internal static class CommunitiesText
{
    // A blank in front of each community counts, also the first one's, which is not printed.
    public const int LongestText = 8_191;

    private const uint NoExport = 0xFFFFFF01;
    private const uint NoAdvertise = 0xFFFFFF02;
    private const uint NoExportSubconfed = 0xFFFFFF03;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(LineWriter writer, ReadOnlySpan<byte> communities)
    {
        var start = writer.Length;
        for (; communities.Length >= 4; communities = communities[4..])
        {
            var before = writer.Length;
            if (before > start)
            {
                writer.Byte((byte)' ');
            }

            var value = BinaryPrimitives.ReadUInt32BigEndian(communities);
            var name = value switch
            {
                NoExport => "no-export"u8,
                NoAdvertise => "no-advertise"u8,
                NoExportSubconfed => "local-AS"u8,
                _ => default,
            };
            if (name.IsEmpty)
            {
                writer.Number(value >> 16);
                writer.Byte((byte)':');
                writer.Number(value & 0xFFFF);
                writer.Length = Math.Min(writer.Length, start + LongestText - 1);
            }
            else
            {
                writer.Text(name);
                writer.Length = writer.Length > start + LongestText - 1 ? before : writer.Length;
            }
        }
    }
}
