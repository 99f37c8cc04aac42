using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>A peer's mistake as a value: what the NOTIFICATION about it will say (RFC 4271 §6). Immutable.</summary>
public readonly struct WireError : IEquatable<WireError>
{
    private readonly byte[]? _data;

    /// <summary>Makes an error.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="subcode">The subcode, 0 where the code has none.</param>
    /// <param name="data">The data that goes with it, copied.</param>
    public WireError(BgpErrorCode code, byte subcode, ReadOnlySpan<byte> data = default)
    {
        Code = code;
        Subcode = subcode;
        _data = data.IsEmpty ? null : data.ToArray();
    }

    /// <summary>The error code.</summary>
    public BgpErrorCode Code { get; }

    /// <summary>The subcode.</summary>
    public byte Subcode { get; }

    /// <summary>The data that goes to the peer; what it means depends on code and subcode.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    /// <summary>What our log adds, in words; it does not go to the peer.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether two errors are the same.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Code, subcode, data and detail are equal.</returns>
    public static bool operator ==(WireError left, WireError right) => left.Equals(right);

    /// <summary>Whether two errors differ.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Code, subcode, data or detail differ.</returns>
    public static bool operator !=(WireError left, WireError right) => !left.Equals(right);

    /// <summary>The NOTIFICATION that tells the peer.</summary>
    /// <returns>A NOTIFICATION with this code, subcode and data.</returns>
    public BgpNotification ToNotification() => new(Code, Subcode, _data);

    /// <inheritdoc/>
    public bool Equals(WireError other) =>
        Code == other.Code && Subcode == other.Subcode && Detail == other.Detail && _data.AsSpan().SequenceEqual(other._data);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WireError other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Code);
        hash.Add(Subcode);
        hash.Add(Detail);
        hash.AddBytes(_data);
        return hash.ToHashCode();
    }

    /// <summary>The error in words.</summary>
    /// <returns>For example <c>OPEN Message Error, Bad Peer AS (2/2); the peer's OPEN says AS 65001, AS 65000 is configured</c>.</returns>
    public override string ToString() => Detail is null ? ToNotification().ToString() : $"{ToNotification()}; {Detail}";

    /// <summary>Bad Message Length about a message with this body; the data is its length field (RFC 4271 §6.1).</summary>
    internal static WireError BadMessageLength(ReadOnlySpan<byte> body)
    {
        Span<byte> lengthField = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(lengthField, (ushort)(body.Length + WireLimits.HeaderLength));
        return new WireError(BgpErrorCode.MessageHeader, 2, lengthField);
    }
}
