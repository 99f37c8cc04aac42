using System.Buffers;
using BgpSharp.Fsm;
using BgpSharp.Rib;
using BgpSharp.Wire;

namespace BgpSharp.Simulation;

/// <summary>The writing half: control messages before routes, nothing after the NOTIFICATION.</summary>
internal sealed partial class SimConnection
{
    private readonly ArrayBufferWriter<byte> _control = new(256);
    private AdjRibOut? _rib;
    private bool _keepaliveQueued;
    private bool _farewell;
    private bool _finished;
    private bool _sendPending;
    private bool _sentNotification;
    private TimeSpan _lastSent;

    public TimeSpan? LastUpdateSent { get; private set; }

    public TimeSpan LastSent(TimeSpan now) => _sendPending ? _lastSent : now;

    public void SendOpen(OpenMessage open) => SendControl(MessageType.Open, output => OpenCodec.Encode(open, output));

    public void SendKeepalive()
    {
        SendControl(MessageType.Keepalive, KeepaliveCodec.Encode);
        if (World.Mutation == Mutation.RoutesBeforeEstablished && _rib is null && Peer.State.Find(Id)?.Negotiated is { } negotiated)
        {
            Attach(negotiated);
        }
    }

    public void SendNotification(BgpNotification notification)
    {
        SendControl(MessageType.Notification, output => NotificationCodec.Encode(notification, output));
        if (World.Mutation == Mutation.MessageAfterNotification)
        {
            _farewell = false;
            SendControl(MessageType.Keepalive, KeepaliveCodec.Encode);
        }
    }

    /// <summary>Ends without waiting for anybody.</summary>
    public void Abort()
    {
        if (!_sendPending)
        {
            Writable();
        }

        Finish();
    }

    public void Writable()
    {
        if (_end is null || _over || _finished)
        {
            return;
        }

        if (_sendPending)
        {
            if (_end.Unacknowledged > 0)
            {
                _lastSent = Host.Now;
                return;
            }

            _sendPending = false;
        }

        while (Take() is { Length: > 0 } octets)
        {
            Referee.CheckSent(this, octets, ref _sentNotification);
            _end.Send(octets);
            if (_end.IsFull)
            {
                (_sendPending, _lastSent) = (true, Host.Now);
                return;
            }
        }

        if (_closing)
        {
            _finished = true;
            _end.Finish();
        }
    }

    private void SendControl(MessageType type, Action<IBufferWriter<byte>> encode)
    {
        if (_over || _finished || _closing || _farewell || (_keepaliveQueued && type == MessageType.Keepalive))
        {
            return;
        }

        encode(_control);
        _keepaliveQueued = type == MessageType.Keepalive;
        _farewell = type == MessageType.Notification;
        Do(Writable);
    }

    private void Attach(NegotiatedSession negotiated)
    {
        _wire = negotiated.Wire;
        if (_rib is not null)
        {
            return;
        }

        if (World.Mutation == Mutation.AdjRibOutKept && Peer.KeptRib is { } kept)
        {
            (_rib, Peer.KeptRib) = (kept, null);
        }
        else
        {
            _rib = Host.Routes.Attach(
                new OutboundPolicy
                {
                    LocalAsn = Host.Asn,
                    RemoteAsn = Peer.Remote.Asn,
                    LocalAddress = Host.Address,
                    PeerAddress = Peer.Remote.Address,
                },
                negotiated.Families,
                negotiated.Wire);
        }

        _end!.FirstSet = Host.Announced.ToDictionary(route => route.Key, route => route.Value.Edit);
        if (World.Mutation == Mutation.EndOfRibTooEarly)
        {
            var early = new byte[64];
            _control.Write(early.AsSpan(0, UpdateWriter.WriteEndOfRib(early, BgpFamily.Ipv4Unicast)));
        }

        Do(Writable);
    }

    private void Detach()
    {
        if (_rib is { } rib)
        {
            _rib = null;
            if (World.Mutation == Mutation.AdjRibOutKept)
            {
                Peer.KeptRib = rib;
            }
            else
            {
                Host.Routes.Detach(rib);
            }
        }
    }

    private byte[] Take()
    {
        if (_control.WrittenCount > 0)
        {
            var control = _control.WrittenSpan.ToArray();
            _control.ResetWrittenCount();
            _keepaliveQueued = false;
            return control;
        }

        if (_rib is not { } rib || _farewell)
        {
            return [];
        }

        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(4096, rib.MinimumSpace));
        var length = rib.Fill(buffer, out var updates);
        LastUpdateSent = updates > 0 ? Host.Now : LastUpdateSent;
        var octets = buffer.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(buffer);
        return octets;
    }
}
