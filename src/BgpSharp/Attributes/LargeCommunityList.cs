namespace BgpSharp;

/// <summary>The values of LARGE_COMMUNITY: one that is there again is neither kept nor sent (RFC 8092 §3).</summary>
internal static class LargeCommunityList
{
    // Up to here comparing each with each costs less than a set, and no memory.
    private const int Few = 32;

    /// <summary>The values without repetitions, each where it was first; the same array when there are none.</summary>
    public static LargeCommunity[] WithoutRepetitions(LargeCommunity[] values) => HasRepetition(values) ? [.. values.Distinct()] : values;

    private static bool HasRepetition(ReadOnlySpan<LargeCommunity> values)
    {
        if (values.Length > Few)
        {
            var seen = new HashSet<LargeCommunity>(values.Length);
            foreach (var value in values)
            {
                if (!seen.Add(value))
                {
                    return true;
                }
            }

            return false;
        }

        for (var i = 1; i < values.Length; i++)
        {
            if (values[..i].Contains(values[i]))
            {
                return true;
            }
        }

        return false;
    }
}
