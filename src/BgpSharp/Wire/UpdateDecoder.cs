namespace BgpSharp.Wire;

/// <summary>Reads and judges UPDATEs (RFC 4271 §6.3 as revised by RFC 7606). Throws on no input and allocates nothing.</summary>
public static class UpdateDecoder
{
    /// <summary>
    /// Reads a body in one pass. When the verdict is <see cref="UpdateVerdict.Reset"/> the view is empty; else it shows what
    /// the verdict leaves.
    /// </summary>
    /// <param name="body">The message without its header of 19 octets; at most 65516 octets.</param>
    /// <param name="context">What was agreed with the sender, and what kind of session it is.</param>
    /// <param name="view">The UPDATE; it dies with <paramref name="body"/>.</param>
    /// <param name="problem">The worst that is wrong, when something is.</param>
    /// <returns>What is to be done with the UPDATE, the same as <see cref="UpdateProblem.Verdict"/>.</returns>
    public static UpdateVerdict Decode(ReadOnlySpan<byte> body, in WireContext context, out UpdateView view, out UpdateProblem problem)
    {
        view = default;
        problem = default;
        if (body.Length > WireLimits.MaximumBodyLength || !UpdateReader.TryRead(body, context, out var update))
        {
            problem = new UpdateProblem(UpdateVerdict.Reset, UpdateRule.FieldLengths, 0, 0);
            return UpdateVerdict.Reset;
        }

        var nlri = update.Nlri;
        view.Body = body;
        view.Context = context;
        view.WithdrawnField = new WireSlice(FirstField, update.Withdrawn.Octets.Length);
        view.NlriField = new WireSlice(body.Length - nlri.Octets.Length, nlri.Octets.Length);
        view.AttributesField = new WireSlice(view.WithdrawnField.End + FirstField, update.Attributes.Octets.Length);
        if (!update.Withdrawn.IsWellFormed(out var readable))
        {
            problem = new UpdateProblem(UpdateVerdict.Reset, UpdateRule.NetworkField, 0, view.WithdrawnField.Start + readable);
        }
        else if (!nlri.IsWellFormed(out readable))
        {
            problem = new UpdateProblem(UpdateVerdict.Reset, UpdateRule.NetworkField, 0, view.NlriField.Start + readable);
        }
        else if (view.AttributesField.Length > 0 || view.NlriField.Length > 0)
        {
            AttributeDecoder.Decode(ref view, context, update.Attributes, ref problem);
        }

        if (problem.Verdict == UpdateVerdict.Reset)
        {
            view = default;
        }

        return problem.Verdict;
    }

    // Both lengths have two octets.
    private const int FirstField = 2;
}
