using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Sessions;

/// <summary>What the flight recorder is told.</summary>
internal sealed partial class PeerConnection
{
    /// <summary>How AS numbers in UPDATEs are written; before there are any it makes no difference.</summary>
    private bool HasFourOctetAsn => _session is null || _wire.FourOctetAsn;

    private void Record(in Frame frame)
    {
        if (_driver.Recorder is { } recorder)
        {
            var body = frame.Body;
            recorder.Received(_driver.Time.GetUtcNow(), _localAddress, HasFourOctetAsn, frame.Type, in body);
        }
    }

    private void RecordKeepalives(int count, TimeSpan age)
    {
        if (_driver.Recorder is { } recorder)
        {
            // No more than the ring holds: a peer may send as many as it likes.
            for (var i = Math.Min(count, recorder.Capacity / WireLimits.HeaderLength); i > 0; i--)
            {
                recorder.Received(_driver.Time.GetUtcNow() - age, _localAddress, HasFourOctetAsn, MessageType.Keepalive, ReadOnlySequence<byte>.Empty);
            }
        }
    }
}
