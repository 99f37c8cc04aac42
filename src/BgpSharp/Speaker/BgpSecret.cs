using System.Text;
using BgpSharp.Transport;

namespace BgpSharp;

/// <summary>
/// A secret, such as a TCP-MD5 password. It cannot be read back, compared or printed; it is fetched anew each time the
/// transport needs it, so that a changed file or callback takes effect at the next connection.
/// </summary>
public sealed class BgpSecret
{
    private static readonly string Allowed = $"allowed: 1 to {TcpMd5.MaximumKeyLength} octets.";

    private readonly Func<byte[]> _read;

    private BgpSecret(Func<byte[]> read, int? knownLength = null)
    {
        _read = read;
        KnownLength = knownLength;
    }

    /// <summary>A secret that is at hand.</summary>
    /// <param name="value">The text, used as UTF-8.</param>
    /// <returns>The secret.</returns>
    public static BgpSecret FromString(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        var bytes = Encoding.UTF8.GetBytes(value);
        return new BgpSecret(() => bytes, bytes.Length);
    }

    /// <summary>A secret that is a file's content, without the line end at its end.</summary>
    /// <param name="path">The file, read each time the secret is needed.</param>
    /// <returns>The secret.</returns>
    public static BgpSecret FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new BgpSecret(() => Encoding.UTF8.GetBytes(File.ReadAllText(path).TrimEnd('\r', '\n')));
    }

    /// <summary>A secret that is the value of an environment variable of this process.</summary>
    /// <param name="variable">The variable's name; it is read each time the secret is needed, and an error when it is not set.</param>
    /// <returns>The secret.</returns>
    public static BgpSecret FromEnvironmentVariable(string variable)
    {
        ArgumentException.ThrowIfNullOrEmpty(variable);
        return new BgpSecret(() => Encoding.UTF8.GetBytes(
            Environment.GetEnvironmentVariable(variable) ?? throw new InvalidOperationException($"The environment variable {variable} is not set.")));
    }

    /// <summary>A secret that is asked for.</summary>
    /// <param name="read">Called each time the secret is needed; it may be called on any thread.</param>
    /// <returns>The secret.</returns>
    public static BgpSecret FromCallback(Func<string> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return new BgpSecret(() => Encoding.UTF8.GetBytes(read()));
    }

    /// <summary>Never the secret.</summary>
    /// <returns><c>***</c>.</returns>
    public override string ToString() => "***";

    /// <summary>Fetches the secret and looks whether it could be a TCP-MD5 password.</summary>
    /// <returns>Why it could not and what is allowed, as it goes on behind the secret's name; null: it could.</returns>
    public string? FindProblem()
    {
        try
        {
            var length = Read().Length;
            return length is >= 1 and <= TcpMd5.MaximumKeyLength ? null : $"has {length} octets; {Allowed}";
        }
        catch (Exception exception)
        {
            // Whatever a file or a callback throws, a session would meet it too.
            return $"cannot be fetched ({exception.Message}); {Allowed}";
        }
    }

    /// <summary>Its length in octets; null: it has to be fetched first.</summary>
    internal int? KnownLength { get; }

    internal byte[] Read() => _read();
}
