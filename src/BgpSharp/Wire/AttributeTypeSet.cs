using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>A set of attribute types: 256 bits.</summary>
internal struct AttributeTypeSet
{
    private Words _words;

    /// <summary>Makes a set of types below 64.</summary>
    public AttributeTypeSet(ulong low) => _words[0] = low;

    /// <summary>The types below 64, one bit each.</summary>
    public readonly ulong Low => _words[0];

    /// <summary>Adds a type; false when it was there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(byte type)
    {
        ref var word = ref _words[type >> 6];
        var before = word;
        word |= 1UL << type;
        return word != before;
    }

    [InlineArray(4)]
    private struct Words
    {
        private ulong _first;
    }
}
