using System.Net;
using System.Net.Sockets;
using BgpSharp.Transport;

namespace BgpSharp;

/// <summary>Finds everything that is wrong with options at once, each with key, value and what is allowed.</summary>
internal static class OptionsValidation
{
    private const int MinimumRecordedOctets = 4096;
    private const int MaximumRecordedOctets = 16 * 1024 * 1024;
    private const int MinimumHoldSeconds = 3;
    private const int MaximumRestartSeconds = 4095;
    private static readonly TimeSpan MaximumSendHoldTime = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaximumStaleRouteTime = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestDelayOpenTime = TimeSpan.FromMinutes(4);

    public static void ThrowIfInvalid(BgpSpeakerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfAny(FindProblems(options), nameof(options));
    }

    public static void ThrowIfInvalid(BgpPeerOptions options, BgpSpeakerOptions speaker)
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfAny(FindProblems(options, speaker), nameof(options));
    }

    public static void ThrowIfInvalid(BgpStopOptions options) => ThrowIfAny(FindProblems(options), nameof(options));

    public static List<string> FindProblems(BgpSpeakerOptions options)
    {
        List<string> problems = [];
        if (options.LocalAsn.Value == 0)
        {
            problems.Add("LocalAsn is 0; allowed: 1 to 4294967295.");
        }

        if (options.RouterId.Value == 0)
        {
            problems.Add("RouterId is 0.0.0.0; allowed: any other identifier.");
        }

        if (options.ListenEndPoints is null || options.ListenEndPoints.Contains(null!))
        {
            problems.Add("ListenEndPoints is or has null; allowed: a list of endpoints, which may be empty.");
        }

        if (options.TimeProvider is null)
        {
            problems.Add("TimeProvider is null; allowed: a clock.");
        }

        return problems;
    }

    public static List<string> FindProblems(BgpPeerOptions options, BgpSpeakerOptions speaker)
    {
        List<string> problems = [];
        if (options.Address is null || IPAddress.Any.Equals(options.Address) || IPAddress.IPv6Any.Equals(options.Address) || IsMulticast(options.Address))
        {
            problems.Add($"Address is {(options.Address is null ? "null" : options.Address)}; allowed: a unicast address.");
        }

        if (options.Port is < 1 or > 65535)
        {
            problems.Add($"Port is {options.Port}; allowed: 1 to 65535.");
        }

        if (options.RemoteAsn.Value == 0)
        {
            problems.Add("RemoteAsn is 0; allowed: 1 to 4294967295.");
        }

        if (options.HoldTime != TimeSpan.Zero && !IsWholeSeconds(options.HoldTime, MinimumHoldSeconds, ushort.MaxValue))
        {
            problems.Add($"HoldTime is {options.HoldTime}; allowed: zero, or 3 to 65535 whole seconds.");
        }

        if (options.MinimumHoldTime != TimeSpan.Zero
            && (!IsWholeSeconds(options.MinimumHoldTime, MinimumHoldSeconds, ushort.MaxValue) || options.MinimumHoldTime > options.HoldTime))
        {
            problems.Add($"MinimumHoldTime is {options.MinimumHoldTime}; allowed: zero, or 3 whole seconds to HoldTime, {options.HoldTime}.");
        }

        if (options.SendHoldTime <= options.HoldTime || options.SendHoldTime > MaximumSendHoldTime)
        {
            problems.Add($"SendHoldTime is {options.SendHoldTime}; allowed: more than HoldTime, {options.HoldTime}, to {MaximumSendHoldTime}.");
        }

        if (options.KeepaliveInterval is { } keepalive && keepalive < TimeSpan.FromSeconds(1))
        {
            problems.Add($"KeepaliveInterval is {keepalive}; allowed: at least one second.");
        }

        if (options.DelayOpenTime < TimeSpan.Zero || options.DelayOpenTime >= LongestDelayOpenTime)
        {
            problems.Add($"DelayOpenTime is {options.DelayOpenTime}; allowed: zero to less than {LongestDelayOpenTime}.");
        }

        if (options.TimeToLive is < 1 or > 255)
        {
            problems.Add($"TimeToLive is {options.TimeToLive}; allowed: 1 to 255.");
        }

        if (options.TtlSecurityHops is < 1 or > 254)
        {
            problems.Add($"TtlSecurityHops is {options.TtlSecurityHops}; allowed: 1 to 254.");
        }

        if (options is { TtlSecurityHops: { } hops, TimeToLive: { } ttl })
        {
            problems.Add($"TtlSecurityHops is {hops} and TimeToLive is {ttl}; allowed: one of the two, since TTL security sends 255.");
        }

        if (options.Password?.KnownLength is > TcpMd5.MaximumKeyLength and var length)
        {
            problems.Add($"Password has {length} octets; allowed: 1 to {TcpMd5.MaximumKeyLength}.");
        }

        if (options.LocalAddress is { } local && local.AddressFamily != options.Address?.AddressFamily)
        {
            problems.Add($"LocalAddress is {local}; allowed: an address of the same family as Address, {options.Address}.");
        }

        if (options.SourceInterface is { } device && !InterfaceBinding.IsName(device))
        {
            problems.Add($"SourceInterface is '{device}'; allowed: 1 to {InterfaceBinding.MaximumNameLength} octets without '/', ':' and blanks, not '.' or '..'.");
        }

        if (options.Families is not { Count: > 0 } || options.Families.Any(family => family != BgpFamily.Ipv4Unicast && family != BgpFamily.Ipv6Unicast))
        {
            problems.Add($"Families is '{string.Join(' ', options.Families ?? [])}'; allowed: one or both of ipv4-unicast and ipv6-unicast.");
        }

        if (options.GracefulRestart is { } restart && !IsWholeSeconds(restart.RestartTime, 0, MaximumRestartSeconds))
        {
            problems.Add($"GracefulRestart.RestartTime is {restart.RestartTime}; allowed: 0 to {MaximumRestartSeconds} whole seconds.");
        }

        if (options.GracefulRestart is { StaleRouteTime: var stale } && (stale < TimeSpan.FromSeconds(1) || stale > MaximumStaleRouteTime))
        {
            problems.Add($"GracefulRestart.StaleRouteTime is {stale}; allowed: 1 second to {MaximumStaleRouteTime}.");
        }

        problems.AddRange((options.Bfd?.FindProblems() ?? []).Select(problem => $"Bfd.{problem}"));
        if (options.PrefixLimits is null || options.PrefixLimits.Contains(null!))
        {
            problems.Add("PrefixLimits is or has null; allowed: a list of limits, which may be empty.");
        }
        else
        {
            AddProblems(problems, options.PrefixLimits, options.Families ?? []);
        }

        if (options.RecordedOctets is not (0 or (>= MinimumRecordedOctets and <= MaximumRecordedOctets)))
        {
            problems.Add($"RecordedOctets is {options.RecordedOctets}; allowed: 0, or {MinimumRecordedOctets} to {MaximumRecordedOctets}.");
        }

        if (options.ConnectMode == BgpConnectMode.Passive && speaker.ListenEndPoints.Count == 0)
        {
            problems.Add("ConnectMode is Passive, but the speaker does not listen; set BgpSpeakerOptions.ListenEndPoints.");
        }

        return problems;
    }

    public static List<string> FindProblems(BgpStopOptions options)
    {
        List<string> problems = [];
        if (options.Timeout < TimeSpan.Zero || options.Timeout.TotalMilliseconds > int.MaxValue)
        {
            problems.Add($"Timeout is {options.Timeout}; allowed: zero to 24 days.");
        }

        if (options.Mode == BgpStopMode.Drain
            && (options.DrainTime < TimeSpan.Zero || options.Linger < TimeSpan.Zero || options.DrainTime >= options.Timeout - options.Linger))
        {
            problems.Add($"DrainTime is {options.DrainTime} and Linger {options.Linger}; allowed: together less than Timeout, {options.Timeout}.");
        }

        return problems;
    }

    private static void AddProblems(List<string> problems, IReadOnlyList<BgpPrefixLimit> limits, IReadOnlyList<BgpFamily> families)
    {
        foreach (var limit in limits)
        {
            var name = $"PrefixLimits of {limit.Family}";
            if (!families.Contains(limit.Family))
            {
                problems.Add($"{name}: not one of Families; allowed: {string.Join(' ', families)}.");
            }

            if (limit.Maximum < 1)
            {
                problems.Add($"{name}: Maximum is {limit.Maximum}; allowed: at least 1.");
            }

            if (limit.WarningPercent is < 1 or > 100)
            {
                problems.Add($"{name}: WarningPercent is {limit.WarningPercent}; allowed: 1 to 100.");
            }

            if (limit.RetryTime <= TimeSpan.Zero || limit.RetryTime?.TotalMilliseconds > int.MaxValue)
            {
                problems.Add($"{name}: RetryTime is {limit.RetryTime}; allowed: more than zero, up to 24 days.");
            }

            if (limit is { RetryTime: not null, Action: not BgpPrefixLimitAction.Close })
            {
                problems.Add($"{name}: RetryTime is {limit.RetryTime} and Action is {limit.Action}; allowed: a retry time where Action is Close.");
            }
        }

        foreach (var family in limits.GroupBy(limit => limit.Family).Where(same => same.Count() > 1))
        {
            problems.Add($"PrefixLimits has {family.Key} {family.Count()} times; allowed: one limit a family.");
        }
    }

    private static bool IsWholeSeconds(TimeSpan time, int minimum, int maximum) =>
        time.Ticks % TimeSpan.TicksPerSecond == 0 && time.TotalSeconds >= minimum && time.TotalSeconds <= maximum;

    private static bool IsMulticast(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : address.GetAddressBytes()[0] is >= 224 and < 240;

    private static void ThrowIfAny(List<string> problems, string parameter)
    {
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', problems), parameter);
        }
    }
}
