namespace BgpSharp.Bfd;

/// <summary>Numbers for jitter: xorshift64*, which needs no lock. For one thread.</summary>
internal sealed class Chance
{
    private ulong _state = (ulong)Random.Shared.NextInt64() | 1;

    /// <summary>0 to less than 1.</summary>
    public double NextDouble()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return ((_state * 0x2545F4914F6CDD1D) >> 11) * (1.0 / (1UL << 53));
    }
}
