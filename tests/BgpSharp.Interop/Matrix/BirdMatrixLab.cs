using BgpSharp.Interop.Harness;
using BgpSharp.Interop.Matrix.Routers;

namespace BgpSharp.Interop.Matrix;

/// <summary>The matrix' lab with BIRD.</summary>
public sealed class BirdMatrixLab : MatrixLab
{
    private protected override MatrixRouter Create(Lab lab) => new BirdMatrixRouter(lab);
}
