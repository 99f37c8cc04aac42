using System.ComponentModel;
using System.Runtime.InteropServices;

namespace BgpSharp.Interop.Harness;

/// <summary>What a container runtime's profile does: a system call that is not permitted.</summary>
internal static unsafe class Seccomp
{
    private const int NoNewPrivileges = 38;
    private const int SetSeccomp = 22;
    private const nuint FilterMode = 2;

    /// <summary>
    /// Runs a short synchronous action on a thread of its own (<see cref="OwnThread"/>) for which a system call ends with EPERM, as it
    /// does for the threads that the action starts.
    /// </summary>
    public static T RunWithout<T>(uint systemCall, Func<T> action) => OwnThread.Run($"without system call {systemCall}", () =>
    {
        Refuse(systemCall);
        return action();
    });

    private static void Refuse(uint systemCall)
    {
        // Load the number; if it is that one, the next line: EPERM; else the line after it: allow.
        var lines = stackalloc Line[]
        {
            new(0x20, 0, 0, 0),
            new(0x15, 0, 1, systemCall),
            new(0x06, 0, 0, 0x0005_0001),
            new(0x06, 0, 0, 0x7FFF_0000),
        };
        var program = new Program { Length = 4, Lines = lines };
        if (Native.ControlProcess(NoNewPrivileges, 1, 0, 0, 0) != 0 || Native.ControlProcess(SetSeccomp, FilterMode, (nuint)(&program), 0, 0) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "no seccomp filter");
        }
    }

    /// <summary>struct sock_filter.</summary>
    private readonly record struct Line(ushort Code, byte Then, byte Else, uint Value);

    /// <summary>struct sock_fprog.</summary>
    private struct Program
    {
        public ushort Length;
        public Line* Lines;
    }
}
