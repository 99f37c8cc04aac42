using System.Text;
using BgpSharp.VipAdvertiser.Http;

namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Headers that go with each export. Their values are secrets: they are shown nowhere.</summary>
internal sealed class OtlpHeaders
{
    private readonly Func<IReadOnlyList<(string Name, string Value)>> _read;

    private OtlpHeaders(Func<IReadOnlyList<(string Name, string Value)>> read) => _read = read;

    public static OtlpHeaders Of(IReadOnlyList<(string Name, string Value)> headers) => new(() => headers);

    /// <summary>Read each time that they are needed.</summary>
    public static OtlpHeaders FromFile(string path) => new(() =>
    {
        var content = FileContent.Read(path) ?? throw new TlsFileException($"{path} is not there");
        return OtlpParsers.TryParseHeaders(Encoding.UTF8.GetString(content), out var headers) ? headers : throw new TlsFileException($"{path} has no headers: each has to be Name=value");
    });

    /// <summary>As they are now.</summary>
    /// <exception cref="TlsFileException">The file is not usable.</exception>
    public IReadOnlyList<(string Name, string Value)> Read() => _read();

    public override string ToString() => Masked.Text;
}
