using BgpSharp.Tests.Wire;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>Messages for the decoder, written down in hex.</summary>
internal static class Messages
{
    public static byte[] Keepalive { get; } = Hex.Message(4);

    /// <summary>AS 65001 (two octets), hold time 90, router id 198.51.100.1, no capabilities.</summary>
    public static byte[] OldOpen { get; } = Hex.Message(1, Hex.Bytes("04 FDE9 005A C6336401 00"));

    /// <summary>AS 65550 in its capability, Add-Path both ways for IPv4 unicast, router id 198.51.100.2.</summary>
    public static byte[] NewOpen { get; } = Hex.Message(1, Hex.Bytes("04 5BA0 005A C6336402 0E 02 0C 41 04 0001000E 45 04 0001 01 03"));

    /// <summary>AS path 65001 with two-octet numbers, 203.0.113.0/24 via 198.51.100.1.</summary>
    public static byte[] TwoOctetUpdate { get; } = Update("40 02 04 02 01 FDE9", "18 CB0071");

    /// <summary>AS path 65550 with four-octet numbers, 203.0.113.0/24 via 198.51.100.1.</summary>
    public static byte[] FourOctetUpdate { get; } = Update("40 02 06 02 01 0001000E", "18 CB0071");

    /// <summary>AS path 65550, 203.0.113.0/24 with path identifier 7.</summary>
    public static byte[] AddPathUpdate { get; } = Update("40 02 06 02 01 0001000E", "00000007 18 CB0071");

    /// <summary>An UPDATE with ORIGIN, that AS path, NEXT_HOP 198.51.100.1 and these prefixes.</summary>
    public static byte[] Update(string asPath, string nlri)
    {
        var attributes = Hex.Bytes($"40 01 01 00 {asPath} 40 03 04 C6336401");
        return Hex.Message(2, [0, 0, 0, (byte)attributes.Length, .. attributes, .. Hex.Bytes(nlri)]);
    }

    /// <summary>An UPDATE with so many /32 prefixes, all different.</summary>
    public static byte[] LongUpdate(int prefixes)
    {
        byte[] attributes = Hex.Bytes("40 01 01 00 40 02 06 02 01 0001000E 40 03 04 C6336401");
        var body = new List<byte> { 0, 0, 0, (byte)attributes.Length };
        body.AddRange(attributes);
        for (var i = 0; i < prefixes; i++)
        {
            body.AddRange([32, 203, 0, (byte)(i >> 8), (byte)i]);
        }

        return Hex.Message(2, [.. body]);
    }

    public static string ToHex(byte[] message) => Convert.ToHexString(message);
}
