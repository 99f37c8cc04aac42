namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>Going on announcing in spite of a failed check, while it is known that there is no other path.</summary>
internal sealed class FailStaticOptions
{
    /// <summary>The same check at the other masters. Only when every one of them fails is there no other path.</summary>
    public required IReadOnlyList<Uri> Siblings { get; init; }

    /// <summary>After this the VIP is withdrawn all the same.</summary>
    public required TimeSpan MaxTime { get; init; }
}
