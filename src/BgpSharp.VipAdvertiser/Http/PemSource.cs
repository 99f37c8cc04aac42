namespace BgpSharp.VipAdvertiser.Http;

/// <summary>PEM data, or the file that has it.</summary>
/// <param name="Origin">For messages: the path, or where the data was found.</param>
/// <param name="Data">Null: it is in the file <paramref name="Origin"/>.</param>
internal sealed record PemSource(string Origin, byte[]? Data)
{
    public static PemSource? OfFile(string? path) => path is null ? null : new PemSource(path, null);

    /// <exception cref="TlsFileException">There is no such file, or it cannot be read.</exception>
    public byte[] Read() => Data ?? FileContent.Read(Origin) ?? throw new TlsFileException($"{Origin} is not there");
}
