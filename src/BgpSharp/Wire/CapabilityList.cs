namespace BgpSharp.Wire;

/// <summary>What the capabilities that are lists have in common.</summary>
internal static class CapabilityList
{
    public static void ThrowIfTooMany(int count, int maximum, string parameter)
    {
        if (count > maximum)
        {
            throw new ArgumentException($"The value of a capability has room for {maximum} entries, not for {count}.", parameter);
        }
    }
}
