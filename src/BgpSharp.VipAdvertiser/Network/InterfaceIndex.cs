using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Interface names to indexes.</summary>
internal static partial class InterfaceIndex
{
    /// <summary>The index of an interface in the calling thread's network namespace; 0 when there is none of that name.</summary>
    public static int Find(string name) => (int)NameToIndex(name);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint NameToIndex(string name);
}
