namespace BgpSharp.Tests.Wire;

/// <summary>Messages written down field by field: hexadecimal octets, blanks free, a remark after each <c>#</c>.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(string.Concat(
        text.Split('\n').Select(line => line.Split('#')[0]).SelectMany(line => line.Where(c => !char.IsWhiteSpace(c)))));

    /// <summary>A message of a type with a body: marker, length and type put in front.</summary>
    public static byte[] Message(byte type, params byte[] body) =>
        [.. Enumerable.Repeat((byte)0xFF, 16), (byte)((body.Length + 19) >> 8), (byte)(body.Length + 19), type, .. body];
}
