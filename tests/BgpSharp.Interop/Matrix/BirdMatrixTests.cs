namespace BgpSharp.Interop.Matrix;

/// <summary>The column of BIRD.</summary>
public sealed class BirdMatrixTests(BirdMatrixLab lab) : MatrixTests(lab), IClassFixture<BirdMatrixLab>;
