using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace BgpSharp.Wire;

/// <summary>The sender's software (capability 75).</summary>
public static class SoftwareVersionCapability
{
    /// <summary>Makes the capability, in the form with a length octet that today's routers read.</summary>
    /// <param name="version">The text.</param>
    /// <returns>The capability.</returns>
    /// <exception cref="ArgumentException">The text has more than 254 octets of UTF-8.</exception>
    public static BgpCapability Create(string version)
    {
        var text = Encoding.UTF8.GetBytes(version);
        return text.Length < byte.MaxValue
            ? new BgpCapability(CapabilityCode.SoftwareVersion, [(byte)text.Length, .. text])
            : throw new ArgumentException($"A software version has at most 254 octets, not {text.Length}.", nameof(version));
    }

    /// <summary>Reads the capability, with or without a length octet: the drafts that define it differ.</summary>
    /// <param name="capability">Any capability.</param>
    /// <param name="version">The text, escaped, fit for a log line.</param>
    /// <returns>False: it is another one, or empty and as good as not sent.</returns>
    public static bool TryRead(BgpCapability capability, [NotNullWhen(true)] out string? version)
    {
        ArgumentNullException.ThrowIfNull(capability);
        version = null;
        var value = capability.Value.Span;
        if (capability.Code != CapabilityCode.SoftwareVersion || value.IsEmpty)
        {
            return false;
        }

        version = PeerText.Escape(value[0] == value.Length - 1 ? value[1..] : value);
        return true;
    }
}
