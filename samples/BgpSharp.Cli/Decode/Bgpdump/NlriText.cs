using System.Runtime.CompilerServices;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>A prefix as bgpdump reads it: host bits stay, and any length is taken.</summary>
internal readonly record struct NlriText(BgpdumpAddress Address, byte Length, uint PathId)
{
    private const int AddressLength = 16;

    /// <summary>Reads the next prefix of a field; false at its end, and at one that is cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryRead(ref LenientReader field, bool hasPathId, out NlriText prefix)
    {
        prefix = default;
        if (field.IsEmpty)
        {
            return false;
        }

        var pathId = hasPathId ? field.UInt32() : 0;
        var length = field.Byte();
        if (field.Rest.Length < OctetCount(length))
        {
            return false;
        }

        // What is longer than an address bgpdump writes over the length.
        var octets = field.Take(OctetCount(length));
        prefix = new NlriText(ToAddress(octets), octets.Length > AddressLength ? octets[AddressLength] : length, pathId);
        return true;
    }

    /// <summary>Reads the prefix of a RIB record, of which the end may be missing.</summary>
    public static NlriText Read(ref LenientReader field)
    {
        var length = field.Byte();
        return new NlriText(ToAddress(field.Take(OctetCount(length))), length, PathId: 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(LineWriter writer, bool isV6)
    {
        Address.Write(writer, isV6);
        writer.Byte((byte)'/');
        writer.Number(Length);
    }

    private static int OctetCount(int bits) => (bits + 7) / 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static BgpdumpAddress ToAddress(ReadOnlySpan<byte> octets) =>
        new(LenientReader.Padded(octets[..Math.Min(octets.Length, AddressLength)], AddressLength));
}
