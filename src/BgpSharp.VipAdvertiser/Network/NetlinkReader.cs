using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>Reads one kind of message; false for any other.</summary>
internal delegate bool NetlinkReader<T>(NetlinkMessage message, [NotNullWhen(true)] out T? item)
    where T : class;
