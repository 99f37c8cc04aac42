using BgpSharp.Interop.Harness;
using BgpSharp.Interop.Matrix.Routers;

namespace BgpSharp.Interop.Matrix;

/// <summary>The matrix' lab with ExaBGP.</summary>
public sealed class ExabgpMatrixLab : MatrixLab
{
    private protected override MatrixRouter Create(Lab lab) => new ExabgpMatrixRouter(lab);
}
