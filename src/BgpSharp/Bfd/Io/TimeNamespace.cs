namespace BgpSharp.Bfd;

/// <summary>Whether this process has a monotonic clock of its own (CLONE_NEWTIME), as after it was moved from another host.</summary>
internal static class TimeNamespace
{
    private const string Offsets = "/proc/self/timens_offsets";

    /// <summary>Also true where it cannot be found out.</summary>
    public static bool IsShifted
    {
        get
        {
            try
            {
                return IsShiftedBy(File.ReadAllText(Offsets));
            }
            catch (FileNotFoundException)
            {
                // A kernel without such namespaces.
                return false;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return true;
            }
        }
    }

    /// <param name="offsets">Lines of a clock, seconds and nanoseconds; some kernels number the clock.</param>
    public static bool IsShiftedBy(string offsets) => offsets
        .Split('\n')
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Any(words => words is ["monotonic" or "1", .. var offset] && offset.Any(part => part != "0"));
}
