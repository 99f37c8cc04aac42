using BgpSharp.Interop.Harness;
using BgpSharp.Interop.Matrix.Routers;

namespace BgpSharp.Interop.Matrix;

/// <summary>The matrix' lab with FRR.</summary>
public sealed class FrrMatrixLab : MatrixLab
{
    private protected override MatrixRouter Create(Lab lab) => new FrrMatrixRouter(lab);
}
