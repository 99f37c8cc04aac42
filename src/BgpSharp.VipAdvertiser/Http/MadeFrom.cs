namespace BgpSharp.VipAdvertiser.Http;

/// <summary>Something made from the content of files: made again when that has changed, and kept when it cannot be.</summary>
/// <param name="make">Throws <see cref="TlsFileException"/> when the content is not usable.</param>
internal sealed class MadeFrom<T>(Func<IReadOnlyList<byte[]>, T> make)
    where T : class
{
    private IReadOnlyList<byte[]> _content = [];

    /// <summary>What was made last; null before.</summary>
    public T? Value { get; private set; }

    /// <summary>True when it was made again.</summary>
    /// <exception cref="TlsFileException">The content is not usable; <see cref="Value"/> stays.</exception>
    public bool Update(IReadOnlyList<byte[]> content)
    {
        if (Value is not null && _content.Count == content.Count && _content.Zip(content).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
        {
            return false;
        }

        Value = make(content);
        _content = content;
        return true;
    }

    /// <summary>The files are not there, and need not be.</summary>
    public void Clear()
    {
        Value = null;
        _content = [];
    }
}
