namespace BgpSharp.Mrt;

/// <summary>What messages and state changes begin with (RFC 6396 §4.4): the two ends of the session.</summary>
internal readonly ref struct MrtSessionFields
{
    public MrtSessionFields(scoped ref MrtFieldReader fields, bool fourOctetAsn)
    {
        PeerAsn = fields.Asn(fourOctetAsn);
        LocalAsn = fields.Asn(fourOctetAsn);
        InterfaceIndex = fields.UInt16();
        var addressLength = fields.AddressLength();
        PeerAddress = fields.Octets(addressLength);
        LocalAddress = fields.Octets(addressLength);
    }

    public Asn PeerAsn { get; }

    public Asn LocalAsn { get; }

    public ushort InterfaceIndex { get; }

    public ReadOnlySpan<byte> PeerAddress { get; }

    public ReadOnlySpan<byte> LocalAddress { get; }
}
