namespace BgpSharp.Interop.Matrix;

/// <summary>The column of FRR.</summary>
public sealed class FrrMatrixTests(FrrMatrixLab lab) : MatrixTests(lab), IClassFixture<FrrMatrixLab>;
