using Microsoft.Win32.SafeHandles;

namespace BgpSharp.Cli;

/// <summary>The standard streams as octets, and whether progress is to be shown.</summary>
internal sealed class StandardStreams
{
    public required Stream Input { get; init; }

    public required OutputStream Output { get; init; }

    /// <summary>Whether somebody looks at standard error, and not at the output on the same screen.</summary>
    public bool IsProgressWanted { get; init; }

    public static StandardStreams OfProcess() => new()
    {
        Input = Console.OpenStandardInput(),
        Output = new OutputStream(OpenOutput()),
        IsProgressWanted = !Console.IsErrorRedirected && Console.IsOutputRedirected,
    };

    /// <summary>Standard output for commands that write a line now and then, from any thread.</summary>
    public static TextWriter OpenText(Action readerGone) => Console.IsOutputRedirected
        ? TextWriter.Synchronized(new StreamWriter(new OutputStream(OpenOutput()) { ReaderGone = readerGone }) { AutoFlush = true })
        : Console.Out;

    // The console's stream takes a closed pipe for success and would have everything done for nobody. A file is left to
    // it: a FileStream writes at offsets of its own, which the next program that writes to the file knows nothing of.
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        var file = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return file.CanSeek ? Console.OpenStandardOutput() : file;
    }
}
