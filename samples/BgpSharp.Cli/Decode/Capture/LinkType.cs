namespace BgpSharp.Cli.Decode.Capture;

/// <summary>What a captured packet begins with: LINKTYPE_ numbers of pcap and pcapng.</summary>
internal enum LinkType
{
    Null = 0,
    Ethernet = 1,
    Ppp = 9,
    RawOfBsd = 12,
    RawOfOpenBsd = 14,
    Raw = 101,
    CiscoHdlc = 104,
    FrameRelay = 107,
    Loop = 108,
    LinuxCooked = 113,
    JuniperEthernet = 178,
    Ipv4 = 228,
    Ipv6 = 229,
    LinuxCooked2 = 276,
}
