using BgpSharp.Interop.Harness;
using BgpSharp.Interop.Matrix.Routers;

namespace BgpSharp.Interop.Matrix;

/// <summary>The matrix' lab with GoBGP.</summary>
public sealed class GobgpMatrixLab : MatrixLab
{
    private protected override MatrixRouter Create(Lab lab) => new GobgpMatrixRouter(lab);
}
