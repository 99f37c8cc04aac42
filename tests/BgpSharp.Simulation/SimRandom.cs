namespace BgpSharp.Simulation;

/// <summary>Random numbers that are the same for a seed on every runtime (splitmix64).</summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    public int Next(int below) => (int)(Next() % (ulong)below);

    public bool Chance(double probability) => NextDouble() < probability;

    public TimeSpan Between(double fromSeconds, double toSeconds) =>
        TimeSpan.FromSeconds(fromSeconds + ((toSeconds - fromSeconds) * NextDouble()));

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
