using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Messages;

/// <summary>What an OPEN says that changes how UPDATEs are written.</summary>
internal readonly struct OpenFacts
{
    public Asn Asn { get; private init; }

    public bool FourOctetAsn { get; private init; }

    public bool SendsIpv4PathIds { get; private init; }

    public bool TakesIpv4PathIds { get; private init; }

    public bool SendsIpv6PathIds { get; private init; }

    public bool TakesIpv6PathIds { get; private init; }

    public static OpenFacts Of(OpenMessage open)
    {
        Asn? wide = null;
        AddPathMode ipv4 = 0;
        AddPathMode ipv6 = 0;
        foreach (var capability in open.Capabilities)
        {
            if (FourOctetAsnCapability.TryRead(capability, out var asn))
            {
                wide ??= asn;
            }
            else if (AddPathCapability.TryRead(capability, out var addPath))
            {
                foreach (var (family, mode) in addPath.Families)
                {
                    ipv4 = family == BgpFamily.Ipv4Unicast ? mode : ipv4;
                    ipv6 = family == BgpFamily.Ipv6Unicast ? mode : ipv6;
                }
            }
        }

        return new OpenFacts
        {
            Asn = wide ?? open.MyAutonomousSystem,
            FourOctetAsn = wide is not null,
            SendsIpv4PathIds = (ipv4 & AddPathMode.Send) != 0,
            TakesIpv4PathIds = (ipv4 & AddPathMode.Receive) != 0,
            SendsIpv6PathIds = (ipv6 & AddPathMode.Send) != 0,
            TakesIpv6PathIds = (ipv6 & AddPathMode.Receive) != 0,
        };
    }
}
