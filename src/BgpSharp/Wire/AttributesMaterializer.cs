using static BgpSharp.BgpRouteAttributes;

namespace BgpSharp.Wire;

/// <summary>Makes the attributes to keep of an <see cref="UpdateView"/>.</summary>
internal static class AttributesMaterializer
{
    private const int Ipv4Length = 4;
    private const int Ipv6Length = 16;

    // Types that lie in objects of their own.
    private const ulong RareTypes =
        (1UL << AttributeType.Aggregator) | (1UL << AttributeType.OriginatorId) | (1UL << AttributeType.OnlyToCustomer);

    private const ulong RarestTypes =
        (1UL << AttributeType.ClusterList) | (1UL << AttributeType.ExtendedCommunities) | (1UL << AttributeType.Ipv6ExtendedCommunities)
        | (1UL << AttributeType.Aigp) | (1UL << AttributeType.LargeCommunities);

    /// <summary>The attributes of the prefixes that have this next hop.</summary>
    public static BgpRouteAttributes ToAttributes(in UpdateView view, WireSlice nextHop)
    {
        var addresses = nextHop.Of(view.Body);
        var present = Presence.Received
            | (view.Has(AttributeType.Med) ? Presence.Med : 0)
            | (view.Has(AttributeType.LocalPref) ? Presence.LocalPref : 0)
            | (view.Has(AttributeType.AtomicAggregate) ? Presence.AtomicAggregate : 0);
        AddressBits address = default;
        if (addresses.Length == Ipv4Length)
        {
            present |= Presence.Ipv4NextHop;
            address = AddressBits.Read(addresses);
        }
        else if (addresses.Length >= Ipv6Length)
        {
            present |= Presence.Ipv6NextHop;
            address = AddressBits.Read(addresses[..Ipv6Length]);
        }

        var partial = BgpPartialAttributes.None;
        RareAttributes? rare = null;
        if ((view.Present & (RareTypes | RarestTypes)) != 0 || view.HasUnusual || addresses.Length == 2 * Ipv6Length)
        {
            rare = new RareAttributes();
            TakeRare(view, addresses, rare, ref present);
            if (view.HasUnusual)
            {
                partial = TakeUnusual(view, rare);
            }
        }

        return new BgpRouteAttributes(
            view.OriginValue, address, view.Med.GetValueOrDefault(), view.LocalPref.GetValueOrDefault(), view.Communities.ToArray(), present, partial, rare)
        {
            AsPath = view.AsPath.ToAsPath(),
        };
    }

    private static void TakeRare(in UpdateView view, ReadOnlySpan<byte> addresses, RareAttributes rare, ref Presence present)
    {
        if (addresses.Length == 2 * Ipv6Length)
        {
            present |= Presence.LinkLocalNextHop;
            rare.LinkLocalNextHop = AddressBits.Read(addresses[Ipv6Length..]);
        }

        present |= Take(view.Aggregator, ref rare.Aggregator, Presence.Aggregator)
            | Take(view.OriginatorId, ref rare.OriginatorId, Presence.OriginatorId)
            | Take(view.OnlyToCustomer, ref rare.OnlyToCustomer, Presence.OnlyToCustomer);
        if (rare.RarestFor((view.Present & RarestTypes) != 0) is { } rarest)
        {
            present |= Take(view.Aigp, ref rarest.Aigp, Presence.Aigp);
            rarest.AigpTlvs = AigpField.OtherTlvs(view.AigpValue.Of(view.Body));
            rarest.ClusterList = view.ClusterList.ToArray();
            rarest.ExtendedCommunities = view.ExtendedCommunities.ToArray();
            rarest.Ipv6ExtendedCommunities = view.Ipv6ExtendedCommunities.ToArray();
            rarest.LargeCommunities = LargeCommunityList.WithoutRepetitions(view.LargeCommunities.ToArray());
        }
    }

    private static Presence Take<T>(T? value, ref T field, Presence bit)
        where T : struct
    {
        field = value.GetValueOrDefault();
        return value.HasValue ? bit : 0;
    }

    private static BgpPartialAttributes TakeUnusual(in UpdateView view, RareAttributes rare)
    {
        var partial = BgpPartialAttributes.None;
        var count = 0;
        foreach (var attribute in view.Attributes)
        {
            if (!AttributeType.IsInterpreted(attribute.Type))
            {
                count++;
            }
            else if ((attribute.Flags & AttributeFlags.Partial) != 0)
            {
                partial |= ToPartial(attribute.Type);
            }
        }

        if (count > 0)
        {
            rare.RarestFor(true)!.Others = Others(view, count);
        }

        return partial;
    }

    // Counted first: a list that grows would cost more than the attributes are allowed to.
    private static RawPathAttribute[] Others(in UpdateView view, int count)
    {
        var others = new RawPathAttribute[count];
        var next = 0;
        foreach (var attribute in view.Attributes)
        {
            if (!AttributeType.IsInterpreted(attribute.Type))
            {
                others[next++] = new RawPathAttribute(attribute.Flags, attribute.Type, attribute.Value);
            }
        }

        Array.Sort(others, static (one, other) => one.Type.CompareTo(other.Type));
        return others;
    }

    private static BgpPartialAttributes ToPartial(byte type) => type switch
    {
        AttributeType.Aggregator => BgpPartialAttributes.Aggregator,
        AttributeType.Communities => BgpPartialAttributes.Communities,
        AttributeType.ExtendedCommunities => BgpPartialAttributes.ExtendedCommunities,
        AttributeType.Ipv6ExtendedCommunities => BgpPartialAttributes.Ipv6ExtendedCommunities,
        AttributeType.LargeCommunities => BgpPartialAttributes.LargeCommunities,
        AttributeType.OnlyToCustomer => BgpPartialAttributes.OnlyToCustomer,
        _ => BgpPartialAttributes.None,
    };
}
