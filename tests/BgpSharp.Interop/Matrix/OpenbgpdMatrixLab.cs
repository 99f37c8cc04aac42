using BgpSharp.Interop.Harness;
using BgpSharp.Interop.Matrix.Routers;

namespace BgpSharp.Interop.Matrix;

/// <summary>The matrix' lab with OpenBGPD.</summary>
public sealed class OpenbgpdMatrixLab : MatrixLab
{
    private protected override MatrixRouter Create(Lab lab) => new OpenbgpdMatrixRouter(lab);
}
