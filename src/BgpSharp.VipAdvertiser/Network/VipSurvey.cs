using System.Net;

namespace BgpSharp.VipAdvertiser.Network;

/// <summary>One look at the kernel: where the wanted addresses belong, why some belong nowhere, and what there is.</summary>
internal sealed record VipSurvey(
    IReadOnlyList<WantedAddress> Wanted, IReadOnlyDictionary<IPAddress, string> Obstacles, IReadOnlyList<InterfaceAddress> Present)
{
    public const string DetectionRuns = "duplicate address detection is not over";

    /// <summary>Where these belong the kernel did not say this time, for the reason among the obstacles: they stay as they are.</summary>
    public required IReadOnlyCollection<IPAddress> Unknown { get; init; }

    /// <summary>Looks.</summary>
    /// <exception cref="NetlinkException">Addresses cannot be listed, or the right to ask is missing.</exception>
    public static VipSurvey Take(IReadOnlyList<VipPlacement> placements, VipLocator locator, IAddressTable table)
    {
        var wanted = new List<WantedAddress>(placements.Count);
        var obstacles = new Dictionary<IPAddress, string>();
        var unknown = new HashSet<IPAddress>();
        foreach (VipPlacement placement in placements)
        {
            try
            {
                if (locator.Locate(placement, out string? obstacle) is { } located)
                {
                    wanted.Add(located);
                }

                if (obstacle is not null)
                {
                    obstacles[placement.Address] = obstacle;
                }
            }
            catch (NetlinkException e) when (!e.IsMissingRight)
            {
                obstacles[placement.Address] = e.Message;
                unknown.Add(placement.Address);
            }
        }

        return new VipSurvey(wanted, obstacles, table.ListAddresses()) { Unknown = unknown };
    }

    /// <param name="before">What was in place so far.</param>
    public IReadOnlyList<IPAddress> InPlace(IReadOnlyList<IPAddress> before) =>
    [
        .. Wanted.Where(target => AddressPlan.IsInPlace(target, Present)).Select(target => target.Address.Address),
        .. before.Where(address => Unknown.Contains(address) && Present.Any(present => present.Address.Equals(address))),
    ];

    /// <summary>Why an address is not in place; null when it only has to be added.</summary>
    public string? WhyMissing(IPAddress address)
    {
        if (Obstacles.TryGetValue(address, out string? obstacle))
        {
            return obstacle;
        }

        var found = Wanted.FirstOrDefault(target => target.Address.Address.Equals(address)) is { } target ? AddressPlan.Find(target, Present) : null;
        return found switch
        {
            null => null,
            { Flags: var flags } when (flags & AddressFlags.DadFailed) != 0 => "another host on the link has it, as duplicate address detection found",
            _ => DetectionRuns,
        };
    }

    public AddressInterest Interest(IReadOnlyList<VipPlacement> placements) => new(
        placements.Select(placement => placement.Address).ToHashSet(),
        placements.Select(placement => placement.Interface).OfType<string>().ToHashSet(),
        Wanted.Select(target => target.Link.Index).ToHashSet(),
        placements.Any(placement => placement.Interface is null));
}
