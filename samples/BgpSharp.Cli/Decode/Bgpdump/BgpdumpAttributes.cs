using System.Runtime.CompilerServices;
using BgpSharp.Wire;

namespace BgpSharp.Cli.Decode.Bgpdump;

/// <summary>
/// What bgpdump keeps of a route's attributes. Nothing is checked: a value that is too short counts as filled up with zeros.
/// Of repeated attributes the first counts (bgpdump ends itself at most repetitions), of AGGREGATOR the last.
/// </summary>
internal ref struct BgpdumpAttributes
{
    private const byte Incomplete = 2;
    private const ushort AsTrans = 23456;

    private readonly bool _fourOctetAsn;
    private ulong _seen;
    private byte _origin;
    private uint _med;
    private uint _localPref;
    private uint _aggregatorAsn;
    private uint _aggregatorAddress;
    private uint _as4AggregatorAsn;
    private uint _as4AggregatorAddress;
    private ReadOnlySpan<byte> _path;
    private ReadOnlySpan<byte> _as4Path;
    private ReadOnlySpan<byte> _communities;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BgpdumpAttributes(ReadOnlySpan<byte> octets, bool fourOctetAsn)
    {
        _fourOctetAsn = fourOctetAsn;
        _origin = Incomplete;
        _aggregatorAddress = uint.MaxValue;
        NextHop = BgpdumpAddress.None;
        Block = new PathAttributeBlock(octets);
        var attributes = Block.GetEnumerator();
        while (attributes.MoveNext())
        {
            Keep(attributes.Current.Type, attributes.Current.Value);
        }

        // A header cut off is filled up with zeros: it may be that of an attribute without a value.
        if (attributes.Rest is [var flags, .. var rest] && (rest.Length < 2 || ((flags & AttributeFlags.ExtendedLength) != 0 && rest is [_, 0])))
        {
            Keep(rest.IsEmpty ? (byte)0 : rest[0], default);
        }
    }

    public PathAttributeBlock Block { get; }

    /// <summary>NEXT_HOP; 255.255.255.255 when there is none.</summary>
    public BgpdumpAddress NextHop { get; private set; }

    public readonly bool HasMpReach => Has(AttributeType.MpReach);

    public readonly bool HasMpUnreach => Has(AttributeType.MpUnreach);

    /// <summary>Writes AS path and origin, each with the bar behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void WritePath(LineWriter writer)
    {
        if (IsMergedPath())
        {
            PathText.WriteMerged(writer, _path, _as4Path);
        }
        else
        {
            PathText.Write(writer, _path, _fourOctetAsn ? 4 : 2);
        }

        writer.Text(_origin switch { 0 => "|IGP|"u8, 1 => "|EGP|"u8, _ => "|INCOMPLETE|"u8 });
    }

    /// <summary>Writes LOCAL_PREF and MED, each with the bar in front of it; zero when they are absent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void WriteNumbers(LineWriter writer, bool isSigned)
    {
        writer.Byte((byte)'|');
        writer.Number(_localPref, isSigned);
        writer.Byte((byte)'|');
        writer.Number(_med, isSigned);
    }

    /// <summary>Writes the communities and what is behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void WriteEnd(LineWriter writer)
    {
        CommunitiesText.Write(writer, _communities);
        writer.Text(Has(AttributeType.AtomicAggregate) ? "|AG|"u8 : "|NAG|"u8);
        var (asn, address) = IsMergedAggregator() ? (_as4AggregatorAsn, _as4AggregatorAddress) : (_aggregatorAsn, _aggregatorAddress);
        if (address != uint.MaxValue)
        {
            writer.Number(asn);
            writer.Byte((byte)' ');
            writer.Ipv4(address);
        }

        writer.Text("|\n"u8);
    }

    private readonly bool Has(byte type) => (_seen & (1UL << type)) != 0;

    private readonly bool IsMergedAggregator() =>
        !_fourOctetAsn && Has(AttributeType.Aggregator) && Has(AttributeType.As4Aggregator) && _aggregatorAsn == AsTrans;

    // An AGGREGATOR that is not AS_TRANS beside AS4_AGGREGATOR says that AS4_PATH is not to be trusted (RFC 6793 §4.2.3).
    private readonly bool IsMergedPath() =>
        !_fourOctetAsn && Has(AttributeType.AsPath) && Has(AttributeType.As4Path)
        && !(Has(AttributeType.Aggregator) && Has(AttributeType.As4Aggregator) && _aggregatorAsn != AsTrans)
        && PathText.Count(_path, 2) >= PathText.Count(_as4Path, 4);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep(byte type, ReadOnlySpan<byte> value)
    {
        var isFirst = type >= 64 || !Has(type);
        _seen |= type < 64 ? 1UL << type : 0;
        if (!isFirst && type != AttributeType.Aggregator)
        {
            return;
        }

        var reader = new LenientReader(value);
        switch (type)
        {
            case AttributeType.Origin: _origin = reader.Byte(); break;
            case AttributeType.AsPath: _path = value; break;
            case AttributeType.NextHop: NextHop = reader.Address(isV6: false); break;
            case AttributeType.Med: _med = reader.UInt32(); break;
            case AttributeType.LocalPref: _localPref = reader.UInt32(); break;
            case AttributeType.Communities: _communities = value; break;
            case AttributeType.As4Path: _as4Path = value; break;
            case AttributeType.Aggregator:
                _aggregatorAsn = reader.Asn(_fourOctetAsn);
                _aggregatorAddress = reader.UInt32();
                break;
            case AttributeType.As4Aggregator:
                _as4AggregatorAsn = reader.UInt32();
                _as4AggregatorAddress = reader.UInt32();
                break;
        }
    }
}
