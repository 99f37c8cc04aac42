namespace BgpSharp.Interop.Matrix;

/// <summary>The column of GoBGP.</summary>
public sealed class GobgpMatrixTests(GobgpMatrixLab lab) : MatrixTests(lab), IClassFixture<GobgpMatrixLab>;
