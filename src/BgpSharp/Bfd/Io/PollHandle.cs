using System.Runtime.InteropServices;

namespace BgpSharp.Bfd;

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollHandle
{
    public const short Readable = 1;

    public int Handle;
    public short Events;
    public short Returned;
}
