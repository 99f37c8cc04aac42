using System.Buffers;
using System.Runtime.CompilerServices;
using BgpSharp.Bfd;
using BgpSharp.Diagnostics;
using BgpSharp.Sessions;
using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>A handle on one peer of a speaker. Thread-safe.</summary>
public sealed class BgpPeer
{
    private readonly BgpSpeaker _speaker;

    internal BgpPeer(BgpSpeaker speaker, PeerDriver driver)
    {
        _speaker = speaker;
        Driver = driver;
    }

    /// <summary>The options in force.</summary>
    public BgpPeerOptions Options => Driver.Options;

    /// <summary>The present state.</summary>
    public BgpSessionState State => Driver.Status.Current.State;

    /// <summary>The session, when established.</summary>
    public BgpSession? Session => Driver.Status.Current.Session;

    /// <summary>State, session and the last reason for being down, of one moment.</summary>
    public BgpPeerStatus Status => Driver.Status.Current;

    /// <summary>
    /// Whether the routes to this peer carry GRACEFUL_SHUTDOWN, as <see cref="BgpSpeaker.GracefulShutdown"/> says; they do
    /// when either of the two is set. Default: false.
    /// </summary>
    public bool GracefulShutdown
    {
        get => Driver.GracefulShutdown;
        set => Driver.GracefulShutdown = value;
    }

    /// <summary>The BFD session that <see cref="BgpPeerOptions.Bfd"/> asks for; null before BGP is first Established. It is the peer's to dispose.</summary>
    public BfdSession? Bfd => Driver.Bfd;

    internal PeerDriver Driver { get; }

    /// <summary>Says in words why the session is not Established, from what is known here and what the kernel counts. Asks nobody else.</summary>
    /// <returns>The cause, and what to look at next.</returns>
    public BgpPeerExplanation Explain() => PeerExplainer.Explain(Driver.Snapshot());

    /// <summary>
    /// Writes the last messages to and from the peer, and its changes of state, as MRT (BGP4MP_ET), oldest first: as many as
    /// <see cref="BgpPeerOptions.RecordedOctets"/> hold. They outlive a session. Nothing, where nothing is recorded.
    /// </summary>
    /// <param name="output">Where to.</param>
    public void WriteRecording(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Driver.WriteRecording(output);
    }

    /// <summary>The counters, a copy.</summary>
    /// <returns>Counts since the peer was added.</returns>
    public BgpPeerStatistics GetStatistics()
    {
        var counters = Driver.Counters;
        Driver.Established?.LookForKeepalives();
        return new BgpPeerStatistics
        {
            MessagesReceived = counters.AllReceived(),
            MessagesSent = counters.AllSent(),
            UpdatesReceived = counters.Received(MessageType.Update),
            UpdatesSent = counters.Sent(MessageType.Update),
            PrefixesReceived = counters.PrefixesReceived,
            PrefixesDiscarded = counters.PrefixesDiscarded,
            PrefixesHeld = Driver.Established?.PrefixesHeld ?? 0,
            PrefixesWithdrawn = counters.PrefixesWithdrawn,
            PrefixesAdvertised = Driver.Established?.PrefixesAdvertised ?? 0,
            PrefixesWithheld = Driver.Established?.PrefixesWithheld ?? 0,
            SessionsEstablished = counters.SessionsEstablished,
            SessionsLost = counters.SessionsLost,
        };
    }

    /// <summary>Waits until the session is established.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session.</returns>
    /// <exception cref="OperationCanceledException">
    /// The wait was cancelled; the message says why the session was not established until then.
    /// </exception>
    public async Task<BgpSession> WaitForEstablishedAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var (status, changed) = Driver.Status.Observe();
            if (status.Session is { } session)
            {
                return session;
            }

            try
            {
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception)
            {
                throw new OperationCanceledException($"The session with {Options.Address} was not established: {Status}.", exception, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Yields the present status, then every change. A reader that is slow misses what lay in between, never the last one.
    /// </summary>
    /// <param name="cancellationToken">Ends the sequence.</param>
    /// <returns>The statuses.</returns>
    public async IAsyncEnumerable<BgpPeerStatus> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BgpPeerStatus? last = null;
        while (true)
        {
            var (status, changed) = Driver.Status.Observe();
            if (!ReferenceEquals(status, last))
            {
                last = status;
                yield return status;
                continue;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits until every route change made so far was sent and the peer's TCP has acknowledged it. Completes at once when
    /// there is no session, and when the session ends: a next one starts with all routes anyway.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the peer's host has everything.</returns>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        Driver.Established is { } connection ? connection.FlushAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Asks the peer to send all routes of a family again (RFC 2918). They come to the handler as any others do.</summary>
    /// <param name="family">A family of the session.</param>
    /// <exception cref="InvalidOperationException">
    /// There is no session, the peer did not offer route refresh, or the session is not about the family.
    /// </exception>
    public void RequestRefresh(BgpFamily family)
    {
        if (Driver.Established is not { } connection || Session is not { } session)
        {
            throw new InvalidOperationException($"There is no session with {Options.Address}: {Status}.");
        }

        if (!session.RemoteCapabilities.Contains(BgpCapability.RouteRefresh))
        {
            throw new InvalidOperationException($"The peer {Options.Address} did not offer route refresh.");
        }

        if (!session.Families.Contains(family))
        {
            throw new InvalidOperationException($"The session with {Options.Address} is about {string.Join(" and ", session.Families)}, not {family}.");
        }

        connection.RequestRefresh(family);
    }

    /// <summary>Puts other options in force.</summary>
    /// <param name="options">The options; the address must stay the same.</param>
    /// <param name="cancellationToken">Ends the wait, not the change.</param>
    /// <returns>Whether the session was reset (Cease, Other Configuration Change) because its OPEN or its socket would differ.</returns>
    /// <exception cref="ArgumentException">The options are invalid, or name another address.</exception>
    /// <exception cref="InvalidOperationException">The peer was removed.</exception>
    public Task<bool> UpdateAsync(BgpPeerOptions options, CancellationToken cancellationToken = default) =>
        _speaker.UpdatePeerAsync(this, options).WaitAsync(cancellationToken);

    /// <summary>
    /// Ends the session with Cease, Administrative Reset, and makes it again. Attempts under way are given up and made again.
    /// </summary>
    /// <param name="message">
    /// Text for the peer's operator (RFC 9003): at most 255 octets of UTF-8, cut at a character when longer. Null: none.
    /// </param>
    /// <param name="cancellationToken">Ends the wait, not the reset.</param>
    /// <returns>Completes when the session is down; <see cref="WaitForEstablishedAsync"/> waits for the next one.</returns>
    /// <exception cref="InvalidOperationException">The peer was removed.</exception>
    public Task ResetAsync(string? message = null, CancellationToken cancellationToken = default) =>
        _speaker.ResetPeerAsync(this, message).WaitAsync(cancellationToken);

    /// <summary>Ends the session and removes the peer from its speaker.</summary>
    /// <param name="options">How; null for the default.</param>
    /// <param name="cancellationToken">Makes the rest of it immediate.</param>
    /// <returns>Completes when the peer is gone. Its address is free for another peer from then on.</returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    public Task RemoveAsync(BgpStopOptions? options = null, CancellationToken cancellationToken = default) =>
        _speaker.RemovePeerAsync(this, options ?? new BgpStopOptions(), cancellationToken);

    /// <summary>Address, AS and status.</summary>
    /// <returns>For example <c>198.51.100.9 AS 65001: Established</c>.</returns>
    public override string ToString() => $"{Options.Address} AS {Options.RemoteAsn}: {Status}";
}
