using System.Net;
using Microsoft.Extensions.Logging;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>
/// The VIPs on their interfaces. Each <see cref="Set"/> looks at the kernel, makes a plan and carries it out; between
/// them the kernel's events are followed.
/// </summary>
internal sealed partial class VipAddresses : IVipAddresses, IDisposable
{
    private readonly IAddressTable _table;
    private readonly IAddressEvents _events;
    private readonly ILogger<VipAddresses> _logger;
    private readonly VipLocator _locator;
    private readonly OwnerMark _mark;
    private readonly bool _takesOver;
    private readonly Lock _gate = new();

    /// <summary>What was last found or done where, for each wanted address that is there.</summary>
    private readonly Dictionary<IPAddress, AddressStep> _held = [];

    /// <summary>Why an address is not in place, as said last.</summary>
    private readonly Dictionary<IPAddress, string> _said = [];

    private IReadOnlyList<VipPlacement> _wanted = [];
    private volatile IReadOnlyList<IPAddress> _inPlace = [];

    /// <param name="table">The kernel's tables.</param>
    /// <param name="events">Its word that they have changed.</param>
    /// <param name="mark">What addresses of this host carry.</param>
    /// <param name="takesOver">Addresses as kube-vip leaves them behind become this program's.</param>
    /// <param name="time">The clock of further attempts.</param>
    /// <param name="logger">The log.</param>
    public VipAddresses(IAddressTable table, IAddressEvents events, OwnerMark mark, bool takesOver, TimeProvider time, ILogger<VipAddresses> logger)
    {
        (_table, _events, _mark, _takesOver, _logger) = (table, events, mark, takesOver, logger);
        _locator = new VipLocator(table, mark);
        _retry = time.CreateTimer(_ => Retry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IReadOnlyCollection<IPAddress> InPlace => _inPlace;

    public void Set(IReadOnlyList<VipPlacement> wanted)
    {
        lock (_gate)
        {
            _wanted = [.. wanted.DistinctBy(placement => placement.Address)];
            StartWatching();
            Converge();
        }
    }

    private void Converge()
    {
        bool complete = true;
        try
        {
            // What to watch is known from a look, and what changed before it was watched from another.
            _events.Watch(Survey().Interest(_wanted));
            var survey = Survey();
            var steps = AddressPlan.Make(survey.Wanted, survey.Unknown, survey.Present, _mark, _takesOver, _renewsFailed);
            _renewsFailed = false;
            var failures = CarryOut(steps);
            if (steps.Any(step => step.IsChange))
            {
                survey = survey with { Present = _table.ListAddresses() };
            }

            _inPlace = survey.InPlace(_inPlace);
            SayWhatIsElsewhere(steps, survey);
            Remember(steps, survey);
            SayWhatIsMissing(survey, failures);
            complete = failures.Count == 0 && survey.Unknown.Count == 0 && _wanted.All(placement => placement.OnlyKept || _inPlace.Contains(placement.Address));
            if (survey.Unknown.FirstOrDefault() is { } unknown)
            {
                SayUnreadable(survey.Obstacles[unknown]);
            }
            else
            {
                _unreadable = null;
            }
        }
        catch (NetlinkException e) when (!e.IsMissingRight)
        {
            // Taken to be as it was: a table that cannot be read now is no reason to withdraw.
            _inPlace = [.. _inPlace.Where(address => _wanted.Any(placement => placement.Address.Equals(address)))];
            complete = false;
            SayUnreadable(e.Message);
        }

        RetryUnless(complete);
    }

    private VipSurvey Survey() => VipSurvey.Take(_wanted, _locator, _table);

    /// <summary>The result is what failed, and why.</summary>
    private Dictionary<IPAddress, string> CarryOut(IReadOnlyList<AddressStep> steps)
    {
        var failures = new Dictionary<IPAddress, string>();
        foreach (var step in steps)
        {
            try
            {
                CarryOut(step);
            }
            catch (NetlinkException e) when (!e.IsMissingRight)
            {
                failures[step.Address.Address] = e.Message;
                if (step.Action == AddressAction.Remove)
                {
                    LogNotRemoved(step.Address.Address, step.Address.PrefixLength, NameOf(step), e.Message);
                }
            }
        }

        return failures;
    }

    private void CarryOut(AddressStep step)
    {
        var address = step.Address;
        switch (step.Action)
        {
            case AddressAction.Add:
                _table.AddAddress(address);
                break;
            case AddressAction.Renew:
                _table.RemoveAddress(address);
                _table.AddAddress(address);
                break;
            case AddressAction.TakeOver:
                _table.ReplaceAddress(address);
                break;
            case AddressAction.Remove:
                _table.RemoveAddress(address);
                break;
        }

        Say(step);
    }

    private void Remember(IReadOnlyList<AddressStep> steps, VipSurvey survey)
    {
        _held.Clear();
        foreach (var step in steps)
        {
            if (step.Action != AddressAction.Remove && survey.Present.Any(address => address.IsAt(step.Address)))
            {
                _held[step.Address.Address] = step;
            }
        }
    }
}
