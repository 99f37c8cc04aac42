namespace BgpSharp.Wire;

/// <summary>Prefixes to write, with or without path identifiers.</summary>
internal interface INlriSource
{
    bool IsEmpty { get; }

    /// <summary>Writes as many as fit; says how many.</summary>
    int Write(ref NlriWriter writer);
}
