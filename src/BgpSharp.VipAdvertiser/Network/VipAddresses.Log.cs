using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>What operators read: each thing once, until it changes.</summary>
internal sealed partial class VipAddresses
{
    private string? _unreadable;

    private void Say(AddressStep step)
    {
        var (vip, length, name) = (step.Address.Address, step.Address.PrefixLength, NameOf(step));
        var held = _held.TryGetValue(vip, out var before) && before.Address.InterfaceIndex == step.Address.InterfaceIndex;
        switch (step.Action)
        {
            case AddressAction.Add when held:
                LogPutBack(vip, length, name);
                break;
            case AddressAction.Add:
                LogAdded(vip, length, name);
                break;
            case AddressAction.Keep when !held:
                LogAdopted(vip, length, name);
                break;
            case AddressAction.Renew:
                LogRenewed(vip, length, name);
                break;
            case AddressAction.TakeOver:
                LogTakenOver(vip, length, name);
                break;
            case AddressAction.Use when !held || before.Action != AddressAction.Use:
                LogForeign(vip, length, name);
                break;
            case AddressAction.Remove when held:
                LogRemoved(vip, length, name);
                break;
            case AddressAction.Remove:
                LogSwept(vip, length, name);
                break;
        }
    }

    private void SayWhatIsMissing(VipSurvey survey, Dictionary<IPAddress, string> failures)
    {
        foreach (var vip in _said.Keys.Where(vip => _inPlace.Contains(vip) || _wanted.All(placement => !placement.Address.Equals(vip))).ToList())
        {
            _said.Remove(vip);
        }

        foreach (var vip in _wanted.Where(placement => !placement.OnlyKept).Select(placement => placement.Address).Where(vip => !_inPlace.Contains(vip)))
        {
            var reason = failures.GetValueOrDefault(vip) ?? survey.WhyMissing(vip) ?? "it was gone again at once";
            if (_said.GetValueOrDefault(vip) != reason)
            {
                _said[vip] = reason;
                LogMissing(reason == VipSurvey.DetectionRuns ? LogLevel.Information : LogLevel.Warning, vip, reason);
            }
        }
    }

    /// <summary>The node's own address, taken for a VIP, is one by mistake that cuts the node off from its neighbours.</summary>
    private void SayWhatIsElsewhere(IReadOnlyList<AddressStep> steps, VipSurvey survey)
    {
        foreach (var step in steps.Where(step => step.Action == AddressAction.Add && !_held.ContainsKey(step.Address.Address)))
        {
            if (survey.Present.FirstOrDefault(other => IsElsewhere(other, step.Address)) is { } elsewhere)
            {
                LogElsewhere(elsewhere.Address, elsewhere.PrefixLength, NameOf(elsewhere));
            }
        }
    }

    private static bool IsElsewhere(InterfaceAddress other, InterfaceAddress vip) =>
        other.Address.Equals(vip.Address) && other.InterfaceIndex != vip.InterfaceIndex && other is { Deprecated: false, Metric: 0 };

    private void SayUnreadable(string reason)
    {
        if (_unreadable != reason)
        {
            _unreadable = reason;
            LogUnreadable(reason);
        }
    }

    private string NameOf(AddressStep step) => NameOf(step.Address);

    private string NameOf(InterfaceAddress address) =>
        _table.FindLink(address.InterfaceIndex)?.Name ?? FormattableString.Invariant($"interface {address.InterfaceIndex}");

    [LoggerMessage(2001, LogLevel.Information, "{Vip}/{PrefixLength} added to {Interface}")]
    private partial void LogAdded(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(2002, LogLevel.Information, "{Vip}/{PrefixLength} on {Interface} was left behind by an earlier run: used, and removed at the stop")]
    private partial void LogAdopted(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(2003, LogLevel.Warning, "{Vip}/{PrefixLength} is on {Interface} already, put there by somebody else: used, and left there at the stop")]
    private partial void LogForeign(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(2004, LogLevel.Information, "{Vip}/{PrefixLength} removed from {Interface}")]
    private partial void LogRemoved(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(2005, LogLevel.Warning, "{Vip}/{PrefixLength} on {Interface} was removed by somebody else: put back")]
    private partial void LogPutBack(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(2006, LogLevel.Information, "{Vip}/{PrefixLength} on {Interface} was left behind by kube-vip: taken over, and removed at the stop")]
    private partial void LogTakenOver(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(2007, LogLevel.Information, "{Vip}/{PrefixLength} on {Interface} was left behind by an earlier run and is not wanted now: removed")]
    private partial void LogSwept(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(2008, LogLevel.Information, "{Vip}/{PrefixLength} removed from {Interface} and added anew")]
    private partial void LogRenewed(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(EventId = 2009, Message = "{Vip} is not in place and not announced: {Reason}")]
    private partial void LogMissing(LogLevel level, IPAddress vip, string reason);

    [LoggerMessage(2040, LogLevel.Error, "{Vip}/{PrefixLength} cannot be removed from {Interface}, tried again: {Reason}")]
    private partial void LogNotRemoved(IPAddress vip, byte prefixLength, string @interface, string reason);

    [LoggerMessage(2042, LogLevel.Warning, "{Vip} is on {Interface} too, as /{PrefixLength} and put there by somebody else: if it is this node's own address, it must not be a VIP")]
    private partial void LogElsewhere(IPAddress vip, byte prefixLength, string @interface);

    [LoggerMessage(2041, LogLevel.Error, "The addresses of this host cannot be read, tried again: {Reason}")]
    private partial void LogUnreadable(string reason);
}
