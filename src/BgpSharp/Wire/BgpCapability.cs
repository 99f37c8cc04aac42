using System.Runtime.InteropServices;
using BgpSharp.Wire;

namespace BgpSharp;

/// <summary>
/// A capability as it stood in an OPEN (RFC 5492): code and value, the value uninterpreted. Types such as
/// <see cref="GracefulRestartCapability"/> read and make the values. Immutable.
/// </summary>
public sealed class BgpCapability : IEquatable<BgpCapability>
{
    // In the OPEN's own octets; start and length are less than one Memory, which counts where there are thousands of them.
    private readonly byte[] _octets;
    private readonly ushort _start;
    private readonly byte _length;

    /// <summary>Makes a capability.</summary>
    /// <param name="code">The capability code.</param>
    /// <param name="value">The value, at most 255 octets, copied.</param>
    /// <exception cref="ArgumentException">The value is too long.</exception>
    public BgpCapability(byte code, ReadOnlySpan<byte> value)
    {
        if (value.Length > byte.MaxValue)
        {
            throw new ArgumentException($"A capability's value has at most 255 octets, not {value.Length}.", nameof(value));
        }

        Code = code;
        _octets = value.ToArray();
        _length = (byte)value.Length;
    }

    private BgpCapability(byte code, byte[] octets, int start, int length)
    {
        Code = code;
        _octets = octets;
        _start = (ushort)start;
        _length = (byte)length;
    }

    /// <summary>Route refresh (RFC 2918 §2): the sender answers ROUTE-REFRESH.</summary>
    public static BgpCapability RouteRefresh { get; } = new(CapabilityCode.RouteRefresh, []);

    /// <summary>Extended message (RFC 8654): the sender takes messages of up to 65535 octets.</summary>
    public static BgpCapability ExtendedMessage { get; } = new(CapabilityCode.ExtendedMessage, []);

    /// <summary>Enhanced route refresh (RFC 7313): the sender understands where a refresh begins and ends.</summary>
    public static BgpCapability EnhancedRouteRefresh { get; } = new(CapabilityCode.EnhancedRouteRefresh, []);

    /// <summary>BFD strict mode (draft-ietf-idr-bgp-bfd-strict-mode): the sender wants BFD to be Up before the session is.</summary>
    public static BgpCapability BfdStrictMode { get; } = new(CapabilityCode.BfdStrictMode, []);

    /// <summary>The capability code.</summary>
    public byte Code { get; }

    /// <summary>The value.</summary>
    public ReadOnlyMemory<byte> Value => new(_octets, _start, _length);

    /// <inheritdoc/>
    public bool Equals(BgpCapability? other) =>
        other is not null && Code == other.Code && Value.Span.SequenceEqual(other.Value.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BgpCapability);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Code);
        hash.AddBytes(Value.Span);
        return hash.ToHashCode();
    }

    /// <summary>The capability's name and content, or its code and value in hexadecimal. Text of the peer is escaped.</summary>
    /// <returns>For example <c>multiprotocol ipv4-unicast</c>.</returns>
    public override string ToString() => CapabilityText.Describe(this);

    /// <summary>A capability whose value lies in octets that nobody changes; there is one object for each empty one.</summary>
    internal static BgpCapability Share(byte code, ReadOnlyMemory<byte> value) =>
        value.IsEmpty ? WithoutValue(code)
        : MemoryMarshal.TryGetArray(value, out var octets) && octets.Offset <= ushort.MaxValue
            ? new BgpCapability(code, octets.Array!, octets.Offset, octets.Count)
            : new BgpCapability(code, value.Span);

    private static BgpCapability WithoutValue(byte code) => code switch
    {
        CapabilityCode.RouteRefresh => RouteRefresh,
        CapabilityCode.ExtendedMessage => ExtendedMessage,
        CapabilityCode.EnhancedRouteRefresh => EnhancedRouteRefresh,
        CapabilityCode.BfdStrictMode => BfdStrictMode,
        _ => new BgpCapability(code, []),
    };
}
