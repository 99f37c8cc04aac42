namespace BgpSharp.Cli.Decode.Hex;

/// <summary>One line of hex text: digits in pairs; blanks, colons, commas, dashes and 0x in between; a comment behind #.</summary>
internal static class HexLine
{
    /// <summary>Reads a line. When it is not hex, <paramref name="position"/> is where it stops being it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, Span<byte> octets, out int count, out int position)
    {
        count = 0;
        var high = -1;
        for (position = 0; position < line.Length && line[position] != (byte)'#'; position++)
        {
            var character = line[position];
            if (character == (byte)'0' && high < 0 && position + 1 < line.Length && line[position + 1] is (byte)'x' or (byte)'X')
            {
                position++;
                continue;
            }

            var digit = Digit(character);
            if (digit >= 0 && high >= 0)
            {
                octets[count++] = (byte)((high << 4) | digit);
                high = -1;
            }
            else if (digit >= 0)
            {
                high = digit;
            }
            else if (high >= 0 || character is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)':' or (byte)',' or (byte)'-'))
            {
                return false;
            }
        }

        return high < 0;
    }

    private static int Digit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };
}
