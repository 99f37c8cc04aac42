namespace BgpSharp.Wire;

/// <summary>What the sender of an Add-Path capability can do in one family (RFC 7911 §4).</summary>
/// <param name="Family">The family.</param>
/// <param name="Mode">What it can do.</param>
public readonly record struct AddPathFamily(BgpFamily Family, AddPathMode Mode)
{
    /// <summary>The family and what can be done in it.</summary>
    /// <returns>For example <c>ipv4-unicast send-receive</c>.</returns>
    public override string ToString() => $"{Family} {Mode switch
    {
        AddPathMode.Receive => "receive",
        AddPathMode.Send => "send",
        AddPathMode.SendReceive => "send-receive",
        _ => $"{(byte)Mode}",
    }}";
}
