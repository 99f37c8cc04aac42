namespace BgpSharp.Interop.Matrix;

/// <summary>The column of OpenBGPD.</summary>
public sealed class OpenbgpdMatrixTests(OpenbgpdMatrixLab lab) : MatrixTests(lab), IClassFixture<OpenbgpdMatrixLab>;
