using System.Runtime.InteropServices;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>The kernel refused a netlink request; the message is its reason on one line.</summary>
internal sealed class NetlinkException(int errno, string? kernelText) : IOException(Reason(errno, kernelText))
{
    private const int NotPermitted = 1;

    /// <summary>The kernel's error number.</summary>
    public int Errno { get; } = errno;

    /// <summary>Whether the process lacks the right, which no later attempt changes.</summary>
    public bool IsMissingRight => Errno == NotPermitted;

    private static string Reason(int errno, string? kernelText)
    {
        string reason = Marshal.GetPInvokeErrorMessage(errno);
        return (errno, kernelText) switch
        {
            (NotPermitted, _) => $"{reason} (it takes the capability NET_ADMIN)",
            (_, null or "") => reason,
            _ => $"{reason} ({kernelText})",
        };
    }
}
