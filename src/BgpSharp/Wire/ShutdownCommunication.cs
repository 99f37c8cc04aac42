namespace BgpSharp.Wire;

/// <summary>The text an operator may put into a Cease (RFC 9003): one length octet and at most 255 octets of UTF-8.</summary>
internal static class ShutdownCommunication
{
    /// <summary>The data of a Cease with this text; text that is too long is cut between two characters.</summary>
    public static byte[] Encode(string text)
    {
        Span<byte> data = stackalloc byte[1 + byte.MaxValue];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.TryEncodeToUtf8(data[(1 + length)..], out var written))
            {
                break;
            }

            length += written;
        }

        data[0] = (byte)length;
        return data[..(1 + length)].ToArray();
    }

    /// <summary>
    /// The text in a Cease's data, escaped; null when there is none. Whatever follows it is not part of it.
    /// </summary>
    public static string? Decode(ReadOnlySpan<byte> data) =>
        data.Length < 2 || data[0] == 0 ? null : PeerText.Escape(data.Slice(1, Math.Min(data[0], data.Length - 1)));
}
