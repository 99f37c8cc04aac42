using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Bfd;

/// <summary>A speaker on the first master of a lab, BGP and BFD.</summary>
internal static class MasterSpeaker
{
    public static BgpSpeaker On(Lab lab) => new(new BgpSpeakerOptions
    {
        LocalAsn = 65000,
        RouterId = BgpIdentifier.Parse($"{LabTopology.MasterAddress(1)}"),
        Transport = new NamespaceTransport(lab.MasterNs(1)),
        BfdEngine = NamespaceBfd.In(lab.MasterNs(1)),
    });
}
