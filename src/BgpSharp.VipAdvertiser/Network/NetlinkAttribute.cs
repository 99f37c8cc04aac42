using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>One rtattr: a type and its value, without the padding.</summary>
internal readonly ref struct NetlinkAttribute
{
    public const int HeaderLength = 4;

    /// <summary>The two highest bits of the type say "nested" and "network byte order".</summary>
    private const ushort TypeMask = 0x3fff;

    private NetlinkAttribute(ushort type, ReadOnlySpan<byte> value)
    {
        Type = type;
        Value = value;
    }

    public ushort Type { get; }
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>Takes the first attribute off the rest of a message; false at its end or when the rest is no whole attribute.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> rest, out NetlinkAttribute attribute)
    {
        attribute = default;
        if (rest.Length < HeaderLength)
        {
            return false;
        }

        int length = MemoryMarshal.Read<ushort>(rest);
        if (length < HeaderLength || length > rest.Length)
        {
            return false;
        }

        attribute = new NetlinkAttribute((ushort)(MemoryMarshal.Read<ushort>(rest[2..]) & TypeMask), rest[HeaderLength..length]);
        rest = rest[Math.Min((length + 3) & ~3, rest.Length)..];
        return true;
    }
}
