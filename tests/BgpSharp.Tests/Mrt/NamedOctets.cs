using System.Collections;

namespace BgpSharp.Tests.Mrt;

/// <summary>Octets by name. Whoever asks gets a copy, so that a test that damages them damages no other test's.</summary>
internal sealed class NamedOctets : IEnumerable<KeyValuePair<string, byte[]>>
{
    private readonly Dictionary<string, byte[]> _octets = [];

    public int Count => _octets.Count;

    public IEnumerable<string> Keys => _octets.Keys;

    public IEnumerable<byte[]> Values => this.Select(pair => pair.Value);

    public byte[] this[string name]
    {
        get => [.. _octets[name]];
        init => _octets[name] = value;
    }

    public IEnumerator<KeyValuePair<string, byte[]>> GetEnumerator() => _octets.Keys.Select(name => KeyValuePair.Create(name, this[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
