using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Reads and judges UPDATEs (RFC 4271 §6.3 as revised by RFC 7606).</summary>
internal static class UpdateDecoder
{
    private const int LengthField = 2;

    /// <summary>
    /// Reads a body in one pass. When the verdict is reset, the view is empty and the problem has the NOTIFICATION; else
    /// the view shows what the verdict leaves.
    /// </summary>
    public static UpdateVerdict Decode(ReadOnlySpan<byte> body, in WireContext context, out UpdateView view, out UpdateProblem problem)
    {
        view = default;
        view.Body = body;
        view.FourOctetAsn = context.FourOctetAsn;
        problem = default;

        // Withdrawn Routes Length, withdrawn routes, Total Path Attribute Length, attributes; NLRI is what remains.
        if (!TryTakeField(body, 0, out view.WithdrawnField)
            || !TryTakeField(body, view.WithdrawnField.End, out view.AttributesField))
        {
            return Reset(UpdateRule.FieldLengths, 0, out view, out problem);
        }

        view.NlriField = new WireSlice(view.AttributesField.End, body.Length - view.AttributesField.End);
        if (!NlriField.IsValid(view.WithdrawnField.Of(body), isV4: true))
        {
            return Reset(UpdateRule.NetworkField, view.WithdrawnField.Start, out view, out problem);
        }

        if (!NlriField.IsValid(view.NlriField.Of(body), isV4: true))
        {
            return Reset(UpdateRule.NetworkField, view.NlriField.Start, out view, out problem);
        }

        if (view.AttributesField.Length > 0 || view.NlriField.Length > 0)
        {
            AttributeDecoder.Decode(ref view, context, ref problem);
        }

        if (problem.Verdict == UpdateVerdict.Reset)
        {
            problem = problem.WithError(body, view.NlriField.Start);
            view = default;
        }

        view.IsTreatedAsWithdraw = problem.Verdict == UpdateVerdict.TreatAsWithdraw;
        return problem.Verdict;
    }

    private static bool TryTakeField(ReadOnlySpan<byte> body, int position, out WireSlice field)
    {
        field = default;
        var start = position + LengthField;
        if (start > body.Length)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(body[position..]);
        field = new WireSlice(start, length);
        return start + length <= body.Length;
    }

    private static UpdateVerdict Reset(UpdateRule rule, int offset, out UpdateView view, out UpdateProblem problem)
    {
        view = default;
        problem = new UpdateProblem(UpdateVerdict.Reset, rule, 0, offset).WithError(default, default);
        return UpdateVerdict.Reset;
    }
}
