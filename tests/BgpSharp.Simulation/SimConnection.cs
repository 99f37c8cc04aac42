using BgpSharp.Fsm;
using BgpSharp.Wire;

namespace BgpSharp.Simulation;

/// <summary>A connection as its driver's peer has it; the reading is here, the writing in <c>SimConnection.Writer.cs</c>.</summary>
internal sealed partial class SimConnection(SimPeer peer, int id)
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly int _life = peer.Host.Life;
    private SimEnd? _end;
    private WireContext _wire;
    private bool _closing;
    private bool _isSession;
    private bool _wasSession;
    private bool _over;

    public int Id { get; } = id;

    public SimPeer Peer { get; } = peer;

    public SimHost Host => Peer.Host;

    public SimEnd? End => _end;

    public TimeSpan HoldTime { get; private set; }

    public TimeSpan LastReceived { get; private set; }

    /// <summary>The same in the world's time.</summary>
    public TimeSpan HeardAt { get; private set; }

    public TimeSpan UpAt { get; private set; }

    public bool HasUnread => _end is { HasUnread: true };

    /// <summary>Whether the process is still there that this connection belongs to.</summary>
    public bool IsAlive => Host.Life == _life;

    /// <summary>Whether nobody waits for the dial any more.</summary>
    public bool IsGivenUp => _closing || _over || !IsAlive;

    private World World => Peer.World;

    /// <summary>Does something for this connection, on its host, unless that has restarted.</summary>
    public void Do(Action action)
    {
        if (IsAlive)
        {
            Host.Do(action);
        }
    }

    public void Connected(SimEnd end)
    {
        if (_closing || _over)
        {
            end.Dispose();
            return;
        }

        Begin(end, FsmEventKind.TcpConnectionRequestAcked);
    }

    public void Accepted(SimEnd end) => Begin(end, FsmEventKind.TcpConnectionConfirmed);

    public void Refused()
    {
        if (!_closing && !_over)
        {
            _over = true;
            Peer.Forget(this);
            Peer.Post(Peer.Event(FsmEventKind.TcpConnectionFails, Id));
        }
    }

    public void Establish(NegotiatedSession negotiated)
    {
        HoldTime = negotiated.HoldTime;
        UpAt = World.Clock.Now;
        _isSession = true;
        Attach(negotiated);
    }

    public void EndSession()
    {
        _isSession = false;
        _wasSession = true;
        Detach();
    }

    public void Close()
    {
        if (_closing)
        {
            return;
        }

        _closing = true;
        if (_end is null)
        {
            Finish();
            return;
        }

        World.Clock.After(CloseLimit, () => Do(Finish));
        Writable();
    }

    /// <summary>The other end is reset.</summary>
    public void Ended()
    {
        if (_over)
        {
            return;
        }

        Peer.Post(Peer.Event(FsmEventKind.TcpConnectionFails, Id));
        Finish();
    }

    public void Readable()
    {
        if (_over || _end is null)
        {
            return;
        }

        while (!_closing && !_over)
        {
            var status = FrameReader.Read(_end.Received, WireLimits.ExtendedMessageLength, out var frame, out var error);
            if (status == FrameStatus.NeedMore)
            {
                break;
            }

            if (status == FrameStatus.Error)
            {
                Peer.Post(Peer.Event(FsmEventKind.BgpHeaderError, Id) with { Error = error });
                break;
            }

            (LastReceived, HeardAt) = (Host.Now, World.Clock.Now);
            var (type, body, length) = (frame.Type, frame.Body.ToArray(), frame.Length);
            _end.Consume(length);
            Received(type, body);
        }

        if (_closing && !_over)
        {
            _end.Consume(_end.Received.Length);
        }

        if (!_over && _end.IsEnded && (_closing || !HasWholeFrame()))
        {
            Ended();
        }
    }

    private bool HasWholeFrame() => FrameReader.Read(_end!.Received, WireLimits.ExtendedMessageLength, out _, out _) == FrameStatus.Frame;

    private void Begin(SimEnd end, FsmEventKind connected)
    {
        _end = end;
        end.Owner = this;
        (LastReceived, HeardAt) = (Host.Now, World.Clock.Now);
        Peer.Post(Peer.Event(connected, Id));
        if (end.IsReset)
        {
            Do(Ended);
        }
        else
        {
            Do(Readable);
        }
    }

    private void Received(MessageType type, byte[] body)
    {
        if (_wasSession)
        {
            return;
        }

        switch (type)
        {
            case MessageType.Open:
                Peer.Post(OpenCodec.TryDecode(body, out var open, out var error)
                    ? Peer.Event(FsmEventKind.BgpOpen, Id) with { Open = open }
                    : Peer.Event(FsmEventKind.BgpOpenMessageError, Id) with { Error = error });
                break;
            case MessageType.Notification:
                Peer.Post(Peer.Event(FsmEventKind.Notification, Id) with { Notification = NotificationCodec.Decode(body) });
                break;
            case MessageType.Update when _isSession:
                Learn(body);
                break;
            case MessageType.Update:
                Peer.Post(Peer.Event(FsmEventKind.UpdateMessage, Id) with { At = Host.Now });
                break;
            case MessageType.Keepalive when !_isSession:
                Peer.Post(Peer.Event(FsmEventKind.KeepaliveMessage, Id) with { At = Host.Now });
                break;
        }
    }

    private void Learn(byte[] body)
    {
        var verdict = UpdateDecoder.Decode(body, in _wire, out var update, out var problem);
        if (verdict != UpdateVerdict.Accept)
        {
            throw new InvariantException($"{Host.Number} was sent an UPDATE that has to be {verdict}: {problem}");
        }

        if (update.IsEndOfRib(out _))
        {
            Referee.CheckEndOfRib(Peer, _end!.Other);
            return;
        }

        foreach (var prefix in update.WithdrawnPrefixes)
        {
            if (World.Mutation != Mutation.WithdrawLost)
            {
                Peer.Learned.Remove(prefix);
            }
        }

        foreach (var prefix in update.AnnouncedPrefixes)
        {
            if (World.Mutation != Mutation.ImplicitReplaceLost || !Peer.Learned.ContainsKey(prefix))
            {
                Peer.Learned[prefix] = update.Med ?? 0;
            }
        }
    }

    private void Finish()
    {
        if (_over)
        {
            return;
        }

        _over = true;
        _end?.Dispose();
        Peer.Forget(this);
    }
}
