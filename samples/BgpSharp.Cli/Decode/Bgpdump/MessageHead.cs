using BgpSharp.Mrt;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>The columns that all lines of a message begin with: format, time, kind of line, peer.</summary>
internal readonly ref struct MessageHead
{
    private readonly ReadOnlySpan<byte> _format;
    private readonly uint _seconds;
    private readonly uint? _microseconds;

    public MessageHead(scoped in MrtRecord record, ReadOnlySpan<byte> format, BgpdumpAddress peer, uint peerAsn, bool isPeerV6)
    {
        _format = format;
        _seconds = record.Seconds;
        _microseconds = record.IsExtended ? record.Microseconds : null;
        Peer = peer;
        PeerAsn = peerAsn;
        IsPeerV6 = isPeerV6;
    }

    public BgpdumpAddress Peer { get; }

    public uint PeerAsn { get; }

    public bool IsPeerV6 { get; }

    public void Write(LineWriter writer, ReadOnlySpan<byte> kind, bool asV6)
    {
        writer.Text(_format);
        writer.Byte((byte)'|');
        writer.Number(_seconds);
        if (_microseconds is { } microseconds)
        {
            writer.Byte((byte)'.');
            writer.Padded(microseconds, digits: 6);
        }

        writer.Byte((byte)'|');
        writer.Text(kind);
        writer.Byte((byte)'|');
        Peer.Write(writer, asV6);
        writer.Byte((byte)'|');
        writer.Number(PeerAsn);
        writer.Byte((byte)'|');
    }
}
