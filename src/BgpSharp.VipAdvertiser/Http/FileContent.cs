namespace BgpSharp.VipAdvertiser.Http;

/// <summary>Reads the small files that TLS material is in.</summary>
internal static class FileContent
{
    /// <summary>More than a CA bundle of all the world.</summary>
    private const int Largest = 1024 * 1024;

    /// <summary>The whole file; null when there is none.</summary>
    /// <exception cref="TlsFileException">It cannot be read.</exception>
    public static byte[]? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null; // Asked each second: an exception would be the dearest part of a check.
        }

        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > Largest)
            {
                throw new TlsFileException($"{path} is too large: {Largest} bytes are allowed");
            }

            var content = new byte[length];
            var read = 0;
            while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is > 0 and var more)
            {
                read += more;
            }

            return content[..read];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new TlsFileException($"{path} cannot be read: {e.Message}");
        }
    }
}
