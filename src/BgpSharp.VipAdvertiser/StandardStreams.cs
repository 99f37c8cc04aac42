using Microsoft.Win32.SafeHandles;

namespace BgpSharp.VipAdvertiser;

/// <summary>
/// Standard input, output and error of a process that was started without: the next descriptors, perhaps those of sockets, would
/// take their places, and what is meant for people would go there.
/// </summary>
internal static class StandardStreams
{
    private const int Last = 2;

    private static readonly List<SafeFileHandle> Filled = [];

    /// <summary>Before anything else is opened.</summary>
    public static void Fill()
    {
        while (true)
        {
            var handle = File.OpenHandle("/dev/null", access: FileAccess.ReadWrite, share: FileShare.ReadWrite);
            if (handle.DangerousGetHandle() > Last)
            {
                handle.Dispose();
                return;
            }

            Filled.Add(handle);
        }
    }
}
