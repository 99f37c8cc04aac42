using System.Runtime.InteropServices;

namespace BgpSharp.Interop.Harness;

/// <summary>The system calls .NET has no API for.</summary>
internal static partial class Native
{
    /// <summary>CLONE_NEWNET: the namespace given to <see cref="SetNamespace"/> is a network namespace.</summary>
    internal const int NetworkNamespace = 0x40000000;

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    internal static partial int SetNamespace(SafeHandle file, int type);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ControlProcess(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    internal static partial int OpenSocket(int family, int type, int protocol);
}
