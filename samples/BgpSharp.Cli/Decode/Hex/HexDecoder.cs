using System.Buffers.Binary;
using BgpSharp.Cli.Decode.Input;
using BgpSharp.Cli.Decode.Messages;

namespace BgpSharp.Cli.Decode.Hex;

/// <summary>Decodes hex text, a message a line; several in a line are one behind the other.</summary>
internal sealed class HexDecoder(IMessagePrinter printer, ContextHints hints) : IInputDecoder
{
    private const int HeaderLength = 19;

    private readonly MessageDecoder _messages = new(printer);
    private byte[] _octets = [];

    public string? Decode(Stream content, Complaints complaints, CancellationToken stopping)
    {
        var lines = new LineReader(content);
        while (lines.TryRead(out var line))
        {
            stopping.ThrowIfCancellationRequested();
            if (_octets.Length < line.Length / 2)
            {
                _octets = new byte[line.Length];
            }

            var start = lines.Number == 1 && line.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            var isHex = HexLine.TryRead(line[start..], _octets, out var count, out var position);
            var isWhole = DecodeMessages(_octets.AsSpan(0, count));
            if (!isHex)
            {
                var column = start + position + 1;
                complaints.Add(lines.Offset + start + position, $"line {lines.Number} is not hex from its column {column} on");
            }
            else if (!isWhole)
            {
                complaints.Add(lines.Offset, $"line {lines.Number} ends within a message, or its length is wrong");
            }
        }

        return null;
    }

    /// <summary>Decodes what is in a line; false when it ends within a message.</summary>
    private bool DecodeMessages(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            int length = octets.Length < HeaderLength ? 0 : BinaryPrimitives.ReadUInt16BigEndian(octets[16..]);
            var isWhole = length >= HeaderLength && length <= octets.Length;
            var message = isWhole ? octets[..length] : octets;
            _messages.Decode(default, message, hints);
            if (!isWhole)
            {
                return false;
            }

            octets = octets[length..];
        }

        return true;
    }
}
