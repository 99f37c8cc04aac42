using System.Buffers.Binary;

namespace BgpSharp.Mrt;

/// <summary>Takes fields off a record's body in order. The first that does not fit is remembered, those after it are zero.</summary>
internal ref struct MrtFieldReader(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;

    public int Position { get; private set; }

    public MrtError Error { get; private set; }

    public readonly bool IsOk => Error.Problem == MrtProblem.None;

    public readonly ReadOnlySpan<byte> Rest => _body[Position..];

    public byte Byte() => Octets(1) is [var value] ? value : (byte)0;

    public ushort UInt16() => Octets(2) is { Length: 2 } octets ? BinaryPrimitives.ReadUInt16BigEndian(octets) : (ushort)0;

    public uint UInt32() => Octets(4) is { Length: 4 } octets ? BinaryPrimitives.ReadUInt32BigEndian(octets) : 0;

    public Asn Asn(bool fourOctets) => fourOctets ? UInt32() : UInt16();

    public ReadOnlySpan<byte> Octets(int count)
    {
        if (!IsOk)
        {
            return default;
        }

        if (count > _body.Length - Position)
        {
            Fail(MrtProblem.Truncated, Position);
            return default;
        }

        var octets = _body.Slice(Position, count);
        Position += count;
        return octets;
    }

    /// <summary>Goes behind the two ends of a session at the start of the body.</summary>
    public void Skip(scoped in MrtSessionFields session)
    {
        Position = session.Length;
        Error = session.Error() ?? default;
    }

    /// <summary>The length of an address of the family that comes next; zero for an unknown one, which is remembered.</summary>
    public int AddressLength()
    {
        var at = Position;
        var afi = UInt16();
        if (afi is not (1 or 2))
        {
            Fail(MrtProblem.AddressFamily, at);
        }

        return afi switch { 1 => 4, 2 => 16, _ => 0 };
    }

    public void Fail(MrtProblem problem, int offset)
    {
        if (IsOk)
        {
            Error = new MrtError(problem, offset);
        }
    }
}
