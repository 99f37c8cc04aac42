namespace BgpSharp.Interop.Matrix;

/// <summary>Where a measurement belongs.</summary>
internal readonly record struct InteropCell(string Row, string Column)
{
    public override string ToString() => $"{Row}, {Column}";
}
