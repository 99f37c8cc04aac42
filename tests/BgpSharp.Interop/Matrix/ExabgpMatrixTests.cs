namespace BgpSharp.Interop.Matrix;

/// <summary>The column of ExaBGP.</summary>
public sealed class ExabgpMatrixTests(ExabgpMatrixLab lab) : MatrixTests(lab), IClassFixture<ExabgpMatrixLab>;
