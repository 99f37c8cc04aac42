using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Capture;

/// <summary>What the OPENs of a session said, as far as they were seen.</summary>
internal sealed class SessionFacts
{
    private OpenFacts? _forward;
    private OpenFacts? _backward;

    public void Learn(OpenMessage open, bool isForward)
    {
        if (isForward)
        {
            _forward = OpenFacts.Of(open);
        }
        else
        {
            _backward = OpenFacts.Of(open);
        }
    }

    /// <summary>The AS of the side that sends in that direction; null when its OPEN was not seen.</summary>
    public Asn? SenderAs(bool isForward) => (isForward ? _forward : _backward)?.Asn;

    public ContextHints Hints(bool isForward)
    {
        var (sender, receiver) = isForward ? (_forward, _backward) : (_backward, _forward);
        return new ContextHints(
            Both(sender?.FourOctetAsn, receiver?.FourOctetAsn),
            Both(sender?.SendsIpv4PathIds, receiver?.TakesIpv4PathIds),
            Both(sender?.SendsIpv6PathIds, receiver?.TakesIpv6PathIds),
            sender is null || receiver is null ? null : sender.Value.Asn == receiver.Value.Asn);
    }

    // What one side cannot do is out of the question, whatever the other's OPEN says.
    private static bool? Both(bool? one, bool? other) =>
        one is false || other is false ? false : one is true && other is true ? true : null;
}
