namespace BgpSharp;

/// <summary>A value of a fixed number of octets, of which some path attributes are lists.</summary>
/// <typeparam name="TSelf">The value's own type.</typeparam>
public interface IWireValue<TSelf>
    where TSelf : struct, IWireValue<TSelf>
{
    /// <summary>How many octets a value takes.</summary>
    static abstract int WireLength { get; }

    /// <summary>Reads a value.</summary>
    /// <param name="octets">At least <see cref="WireLength"/> octets.</param>
    /// <returns>The value.</returns>
    static abstract TSelf ReadFrom(ReadOnlySpan<byte> octets);

    /// <summary>Writes the value.</summary>
    /// <param name="octets">At least <see cref="WireLength"/> octets.</param>
    void WriteTo(Span<byte> octets);
}
