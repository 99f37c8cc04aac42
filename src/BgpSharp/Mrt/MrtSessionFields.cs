using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BgpSharp.Mrt;

/// <summary>
/// What messages and state changes begin with (RFC 6396 §4.4, appendix B.2.5): the two ends of the session. Where the fields
/// lie is found at once, what is in them when it is asked for: most who read records want the message alone. A field that is
/// cut off is zero or empty.
/// </summary>
internal readonly ref struct MrtSessionFields
{
    private const byte Absent = byte.MaxValue;

    private readonly ReadOnlySpan<byte> _octets;
    private readonly byte _asnLength;
    private readonly byte _localAsnAt;
    private readonly byte _interfaceAt;
    private readonly byte _peerAddressAt;
    private readonly byte _localAddressAt;
    private readonly byte _addressLength;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MrtSessionFields(
        ReadOnlySpan<byte> body, int asnLength, int localAsnAt, int interfaceAt, int peerAddressAt, int localAddressAt, int addressLength, int length)
    {
        _octets = body.Length < length ? body : body[..length];
        _asnLength = (byte)asnLength;
        _localAsnAt = (byte)localAsnAt;
        _interfaceAt = (byte)interfaceAt;
        _peerAddressAt = (byte)peerAddressAt;
        _localAddressAt = (byte)localAddressAt;
        _addressLength = (byte)addressLength;
        IsWhole = addressLength > 0 && body.Length >= length;
    }

    /// <summary>Whether all of the fields are there.</summary>
    public bool IsWhole { get; }

    /// <summary>The octets the fields take, as far as they are there.</summary>
    public int Length => _octets.Length;

    public Asn PeerAsn => Number(0, _asnLength);

    public Asn LocalAsn => Number(_localAsnAt, _asnLength);

    public ushort InterfaceIndex => (ushort)Number(_interfaceAt, 2);

    public ReadOnlySpan<byte> PeerAddress => Octets(_peerAddressAt, _addressLength);

    public ReadOnlySpan<byte> LocalAddress => Octets(_localAddressAt, _addressLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MrtSessionFields Bgp4Mp(ReadOnlySpan<byte> body, bool fourOctetAsn)
    {
        var asnLength = fourOctetAsn ? 4 : 2;
        var familyAt = (2 * asnLength) + 2;
        var addressAt = familyAt + 2;
        var addressLength = body.Length < addressAt ? 0 : AddressLength(BinaryPrimitives.ReadUInt16BigEndian(body[familyAt..]));
        return new MrtSessionFields(
            body, asnLength, asnLength, 2 * asnLength, addressAt, addressAt + addressLength, addressLength, addressAt + (2 * addressLength));
    }

    public static MrtSessionFields Legacy(ReadOnlySpan<byte> body) => new(body, 2, 6, Absent, 2, 8, 4, 12);

    /// <summary>What is wrong with the fields; null when they are whole.</summary>
    public MrtError? Error()
    {
        if (IsWhole)
        {
            return null;
        }

        ReadOnlySpan<byte> starts = _interfaceAt == Absent
            ? [0, _peerAddressAt, _localAsnAt, _localAddressAt]
            : [0, _localAsnAt, _interfaceAt, (byte)(_interfaceAt + 2), _peerAddressAt, _localAddressAt];
        for (var i = 1; i < starts.Length; i++)
        {
            if (starts[i] > _octets.Length)
            {
                return new MrtError(MrtProblem.Truncated, starts[i - 1]);
            }
        }

        return _addressLength == 0
            ? new MrtError(MrtProblem.AddressFamily, _interfaceAt + 2)
            : new MrtError(MrtProblem.Truncated, _localAddressAt);
    }

    private static int AddressLength(ushort afi) => afi switch { 1 => 4, 2 => 16, _ => 0 };

    private uint Number(int at, int length) => Octets(at, length) switch
    {
        { Length: 4 } octets => BinaryPrimitives.ReadUInt32BigEndian(octets),
        { Length: 2 } octets => BinaryPrimitives.ReadUInt16BigEndian(octets),
        _ => 0,
    };

    private ReadOnlySpan<byte> Octets(int at, int length) =>
        at + length <= _octets.Length ? _octets.Slice(at, length) : default;
}
