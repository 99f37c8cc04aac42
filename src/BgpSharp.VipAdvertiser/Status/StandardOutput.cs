using Microsoft.Win32.SafeHandles;

namespace BgpSharp.VipAdvertiser.Status;

/// <summary>Standard output for commands, which tells when nobody reads it any more: the console's own takes that for success.</summary>
internal static class StandardOutput
{
    private const int BrokenPipe = 32;

    public static TextWriter Open()
    {
        if (!Console.IsOutputRedirected)
        {
            return Console.Out;
        }

        // A file is left to the console: a FileStream would write at offsets of its own.
        var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return output.CanSeek ? Console.Out : new StreamWriter(output) { AutoFlush = true };
    }

    public static bool IsReaderGone(IOException exception) => (exception.HResult & 0xFFFF) == BrokenPipe;
}
