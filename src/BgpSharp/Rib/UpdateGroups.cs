using BgpSharp.Wire;

namespace BgpSharp.Rib;

/// <summary>The groups of one session and family: effective attributes are made and encoded once for each attributes object.</summary>
internal sealed class UpdateGroups(BgpFamily family, OutboundPolicy policy, WireContext context)
{
    private const int Capacity = 1024;
    private const int KeptAtRest = 8;

    private static readonly UpdateGroup s_exportRefused = new(default, null) { Refusal = PeerView.ExportRefused };
    private static readonly UpdateGroup s_noUsableNextHop = new(default, null) { Refusal = PeerView.NoUsableNextHop };
    private static readonly UpdateGroup s_stopped = new(default, null) { Refusal = PeerView.NotSent };

    private Dictionary<BgpRouteAttributes, UpdateGroup> _groups = new(SentAttributesComparer.Instance);
    private bool _isStopped;
    private Leaving? _leaving;
    private bool _nextHopWasMissing;

    public UpdateGroup Withdrawals { get; } = new(family, null);

    /// <summary>Everything is sent: lets go of what a session with few attributes does not need for its next change.</summary>
    public void Rest()
    {
        if (_groups.Count > KeptAtRest)
        {
            _groups = new(SentAttributesComparer.Instance);
        }
    }

    /// <summary>From now on nothing is announced.</summary>
    public void Stop() => _isStopped = true;

    /// <summary>From now on traffic is to leave routes, or no longer; false: that is so already.</summary>
    public bool SetLeaving(Leaving? leaving)
    {
        if (_leaving == leaving)
        {
            return false;
        }

        _leaving = leaving;
        _groups.Clear();
        return true;
    }

    /// <summary>From now on routes are sent by other rules.</summary>
    public void SetPolicy(OutboundPolicy replacement)
    {
        policy = replacement;
        _groups.Clear();
    }

    public UpdateGroup Find(IpPrefix prefix, BgpRouteAttributes attributes)
    {
        if (_isStopped)
        {
            return s_stopped;
        }

        if (policy.ApplyExport(prefix, attributes) is not { } exported)
        {
            return s_exportRefused;
        }

        if (!_groups.TryGetValue(exported, out var group))
        {
            if (_groups.Count >= Capacity)
            {
                _groups.Clear();
            }

            group = policy.Rewrite(family, exported, _leaving) is { } effective
                ? new UpdateGroup(family, EncodedAttributes.Encode(family, effective, context))
                : WithoutNextHop(exported);
            _groups.Add(exported, group);
        }

        return group;
    }

    private UpdateGroup WithoutNextHop(BgpRouteAttributes exported)
    {
        if (!_nextHopWasMissing && policy.NextHopProblem(family, exported, out _) is { } problem)
        {
            _nextHopWasMissing = true;
            policy.NextHopMissing?.Invoke(family, problem);
        }

        return s_noUsableNextHop;
    }
}
