namespace BgpSharp.VipAdvertiser.Configuration;

/// <summary>A setting's text and where it was found, in an operator's words.</summary>
internal sealed record SourcedValue(string? Text, string Source);
