using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using BgpSharp.Wire;

namespace BgpSharp.Diagnostics;

/// <summary>
/// The meter <c>BgpSharp</c>. What is counted per message is observed when somebody listens, so that the hot path pays for
/// nothing but its own counters.
/// </summary>
internal sealed class BgpMetrics : IDisposable
{
    public const string MeterName = "BgpSharp";

    private Func<IEnumerable<BgpPeer>> _peers;
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _downs;

    public BgpMetrics(IMeterFactory? factory, Func<IEnumerable<BgpPeer>> peers)
    {
        _peers = peers;
        _ownsMeter = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _transitions = _meter.CreateCounter<long>("bgp.session.transitions", "{transition}", "Changes of a peer's state.");
        _downs = _meter.CreateCounter<long>("bgp.session.downs", "{session}", "Established sessions that ended, by cause.");
        _meter.CreateObservableUpDownCounter("bgp.session.state", ObserveStates, "{session}", "1 for the state a peer is in.");
        _meter.CreateObservableCounter("bgp.messages", ObserveMessages, "{message}", "Messages by type and direction.");
        _meter.CreateObservableUpDownCounter("bgp.routes.advertised", ObserveAdvertised, "{prefix}", "Prefixes a peer has from us.");
        _meter.CreateObservableCounter("bgp.routes.received", () => Observe(counters => counters.PrefixesReceived), "{prefix}", "Prefixes announced to us.");
        _meter.CreateObservableCounter("bgp.routes.discarded", () => Observe(counters => counters.PrefixesDiscarded), "{prefix}", "Prefixes announced to us beyond a limit.");
        _meter.CreateObservableCounter("bgp.routes.withdrawn", () => Observe(counters => counters.PrefixesWithdrawn), "{prefix}", "Prefixes withdrawn from us.");
    }

    public void CountTransition(BgpPeerOptions peer, BgpSessionState state) =>
        _transitions.Add(1, new TagList { Address(peer.Address), Asn(peer.RemoteAsn), State(state) });

    public void CountDown(BgpPeerOptions peer, BgpDownReason reason) =>
        _downs.Add(1, new TagList { Address(peer.Address), Asn(peer.RemoteAsn), new("error.type", ErrorType(reason)) });

    public void Dispose()
    {
        // A factory's meter and its instruments live on; a speaker that has stopped has nothing to say there.
        _peers = static () => [];
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private IEnumerable<Measurement<long>> ObserveStates() =>
        _peers().Select(peer => new Measurement<long>(1, Address(peer.Options.Address), Asn(peer.Options.RemoteAsn), State(peer.State)));

    private IEnumerable<Measurement<long>> ObserveAdvertised() =>
        _peers().Select(peer => new Measurement<long>(peer.Driver.Established?.PrefixesAdvertised ?? 0, Address(peer.Options.Address), Asn(peer.Options.RemoteAsn)));

    private IEnumerable<Measurement<long>> Observe(Func<MessageCounters, long> read) =>
        _peers().Select(peer => new Measurement<long>(read(peer.Driver.Counters), Address(peer.Options.Address), Asn(peer.Options.RemoteAsn)));

    private IEnumerable<Measurement<long>> ObserveMessages()
    {
        foreach (var peer in _peers())
        {
            foreach (var type in Enum.GetValues<MessageType>())
            {
                yield return Message(peer, type, "receive", peer.Driver.Counters.Received(type));
                yield return Message(peer, type, "transmit", peer.Driver.Counters.Sent(type));
            }
        }
    }

    private static Measurement<long> Message(BgpPeer peer, MessageType type, string direction, long count) => new(
        count,
        Address(peer.Options.Address),
        Asn(peer.Options.RemoteAsn),
        new("bgp.message.type", type.ToString().ToLowerInvariant()),
        new("network.io.direction", direction));

    private static string ErrorType(BgpDownReason reason) => reason.Notification is { } notification
        ? $"{reason.Kind}:{(byte)notification.Code}/{notification.Subcode}"
        : reason.Kind.ToString();

    private static KeyValuePair<string, object?> Address(IPAddress address) => new("network.peer.address", address.ToString());

    private static KeyValuePair<string, object?> Asn(Asn asn) => new("bgp.peer.asn", (long)asn.Value);

    private static KeyValuePair<string, object?> State(BgpSessionState state) => new("bgp.session.state", state.ToString().ToLowerInvariant());
}
