using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace BgpSharp.Sessions;

/// <summary>The peer's flight recorder, where one is wanted.</summary>
internal sealed partial class PeerDriver
{
    private volatile FlightRecorder? _recorder;

    /// <summary>Null: nothing is recorded.</summary>
    public FlightRecorder? Recorder => _recorder;

    public void WriteRecording(IBufferWriter<byte> output) => _recorder?.Write(output, Options.RemoteAsn, Options.Address, _config.LocalAsn);

    /// <summary>Another size begins anew.</summary>
    private void ApplyRecorder()
    {
        if (Options.RecordedOctets != (_recorder?.Capacity ?? 0))
        {
            _recorder = Options.RecordedOctets > 0 ? new FlightRecorder(Options.RecordedOctets) : null;
        }
    }

    private IPAddress LocalAddress() =>
        _lastLocal ?? Options.LocalAddress ?? (Options.Address.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any);
}
