using System.Buffers.Binary;
using BgpSharp.Cli.Decode.Capture;

namespace BgpSharp.Cli.Decode.Input;

/// <summary>Tells by its first octets what an input is; names say nothing.</summary>
internal static class InputDetection
{
    /// <summary>How many octets are enough to tell.</summary>
    public const int Wanted = 4096;

    // Types of RFC 6396 and of IANA's registry end at 49; what follows has not been given out for years.
    private const byte LastMrtType = 64;

    public static InputKind KindOf(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            return InputKind.Empty;
        }

        // In front of text: the first octets of pcapng are line ends.
        if (start.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(start) == PcapNgReader.SectionHeader)
        {
            return InputKind.PcapNg;
        }

        if (IsText(start))
        {
            return InputKind.Hex;
        }

        if (PcapReader.IsOne(start))
        {
            return InputKind.Pcap;
        }

        return start is [_, _, _, _, 0, <= LastMrtType, ..] ? InputKind.Mrt : InputKind.Unknown;
    }

    public static bool IsGzip(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    public static bool IsBzip2(ReadOnlySpan<byte> start) => start.Length >= 4 && start.StartsWith("BZh"u8) && start[3] is >= (byte)'1' and <= (byte)'9';

    /// <summary>A compression that is not read; null for none.</summary>
    public static string? UnreadCompression(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) ? "xz"
        : start.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? "zstd"
        : null;

    // Text begins with a hex digit or a comment, and has no control characters but line ends and tabs.
    private static bool IsText(ReadOnlySpan<byte> start)
    {
        var text = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? start[3..] : start;
        foreach (var octet in text)
        {
            if (octet is < (byte)' ' and not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return false;
            }
        }

        text = text.TrimStart(" \t\r\n"u8);
        return text.IsEmpty || text[0] == (byte)'#' || char.IsAsciiHexDigit((char)text[0]);
    }
}
