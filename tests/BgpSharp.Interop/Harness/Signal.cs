namespace BgpSharp.Interop.Harness;

/// <summary>Linux signal numbers; <see cref="System.Runtime.InteropServices.PosixSignal"/> has no KILL and no STOP.</summary>
internal enum Signal
{
    Hangup = 1,
    Interrupt = 2,
    Kill = 9,
    User1 = 10,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
