using System.IO.Compression;
using SharpCompress.Compressors.BZip2;
using CompressionMode = System.IO.Compression.CompressionMode;

namespace BgpSharp.Cli.Decode.Input;

/// <summary>The input, opened, decompressed, and told what it is.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly Stream _file;

    private InputFile(Stream file, Stream content, InputKind kind, bool isCompressed)
    {
        _file = file;
        Content = content;
        Kind = kind;
        IsCompressed = isCompressed;
    }

    public Stream Content { get; }

    public InputKind Kind { get; }

    public bool IsCompressed { get; }

    /// <summary>Looks at the beginning of a file; takes it over.</summary>
    /// <exception cref="CorruptInputException">It is damaged right there, or compressed in a way that is not read.</exception>
    public static InputFile Open(Stream file)
    {
        var lookAhead = new LookAheadStream(file);
        var start = lookAhead.Peek(InputDetection.Wanted);
        if (InputDetection.UnreadCompression(start) is { } compression)
        {
            throw new CorruptInputException(0, $"compressed with {compression}, which is not read; gzip and bzip2 are");
        }

        var isGzip = InputDetection.IsGzip(start);
        var isBzip2 = InputDetection.IsBzip2(start);
        if (!isGzip && !isBzip2)
        {
            return new InputFile(file, lookAhead, InputDetection.KindOf(start), isCompressed: false);
        }

        var decompressed = new LookAheadStream(isGzip
            ? new DecompressedStream(() => new GZipStream(lookAhead, CompressionMode.Decompress), octetWise: false)
            : new DecompressedStream(() => OpenBzip2(lookAhead), octetWise: true));
        return new InputFile(file, decompressed, InputDetection.KindOf(decompressed.Peek(InputDetection.Wanted)), isCompressed: true);
    }

    // Parallel compressors write many streams one after the other.
    private static BZip2Stream OpenBzip2(Stream compressed) => BZip2Stream.Create(
        new BufferedStream(compressed, 65536), SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true);

    public void Dispose()
    {
        Content.Dispose();
        _file.Dispose();
    }
}
