using System.Numerics;
using System.Runtime.CompilerServices;

namespace BgpSharp.Wire;

/// <summary>A set of attribute types: 256 bits.</summary>
internal struct AttributeTypeSet
{
    private Words _words;

    public readonly int Count =>
        BitOperations.PopCount(_words[0]) + BitOperations.PopCount(_words[1])
        + BitOperations.PopCount(_words[2]) + BitOperations.PopCount(_words[3]);

    public readonly bool Contains(byte type) => (_words[type >> 6] & (1UL << type)) != 0;

    /// <summary>Adds a type; false when it was there.</summary>
    public bool Add(byte type)
    {
        ref var word = ref _words[type >> 6];
        var before = word;
        word |= 1UL << type;
        return word != before;
    }

    /// <summary>Removes a type; false when it was not there.</summary>
    public bool Remove(byte type)
    {
        ref var word = ref _words[type >> 6];
        var before = word;
        word &= ~(1UL << type);
        return word != before;
    }

    [InlineArray(4)]
    private struct Words
    {
        private ulong _first;
    }
}
