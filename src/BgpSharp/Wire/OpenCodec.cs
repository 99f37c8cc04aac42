using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Wire;

/// <summary>OPEN (RFC 4271 §4.2) with capabilities (RFC 5492).</summary>
internal static class OpenCodec
{
    private const int FixedLength = WireLimits.OpenMinimumLength - WireLimits.HeaderLength;
    private const byte CapabilitiesParameter = 2;

    /// <summary>
    /// Reads the structure; <see cref="OpenValidator"/> judges the content. Only the version is judged here: another
    /// version's OPEN may look different from there on.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> body, [NotNullWhen(true)] out OpenMessage? open, out WireError error)
    {
        open = null;
        if (body.Length < FixedLength)
        {
            error = WireError.BadMessageLength(body);
            return false;
        }

        if (body[0] != OpenValidator.Version)
        {
            error = OpenValidator.UnsupportedVersion;
            return false;
        }

        var parameters = body[FixedLength..];
        List<BgpCapability> capabilities = [];
        byte? unsupported = null;
        if (body[FixedLength - 1] != parameters.Length || !TryReadParameters(parameters, capabilities, ref unsupported))
        {
            // A recognized but malformed optional parameter: subcode 0, Unspecific (RFC 4271 §6.2).
            error = new WireError(BgpErrorCode.OpenMessage, 0);
            return false;
        }

        error = default;
        open = new OpenMessage
        {
            Version = body[0],
            MyAutonomousSystem = BinaryPrimitives.ReadUInt16BigEndian(body[1..]),
            HoldTime = BinaryPrimitives.ReadUInt16BigEndian(body[3..]),
            Identifier = new BgpIdentifier(BinaryPrimitives.ReadUInt32BigEndian(body[5..])),
            Capabilities = capabilities,
            UnsupportedParameter = unsupported,
        };
        return true;
    }

    /// <summary>Writes all capabilities into one parameter, as RFC 5492 §4 asks.</summary>
    /// <exception cref="ArgumentException">The parameters have more than 255 octets.</exception>
    public static void Encode(OpenMessage open, IBufferWriter<byte> output)
    {
        var capabilities = open.Capabilities;
        var capabilitiesLength = 0;
        for (var i = 0; i < capabilities.Count; i++)
        {
            capabilitiesLength += 2 + capabilities[i].Value.Length;
        }

        var parametersLength = (capabilitiesLength == 0 ? 0 : 2 + capabilitiesLength) + (open.UnsupportedParameter is null ? 0 : 2);
        if (parametersLength > byte.MaxValue)
        {
            throw new ArgumentException($"The optional parameters of an OPEN have at most 255 octets, not {parametersLength}.", nameof(open));
        }

        var length = WireLimits.OpenMinimumLength + parametersLength;
        var body = FrameWriter.Begin(output, MessageType.Open, length);
        body[0] = open.Version;
        BinaryPrimitives.WriteUInt16BigEndian(body[1..], open.MyAutonomousSystem);
        BinaryPrimitives.WriteUInt16BigEndian(body[3..], open.HoldTime);
        BinaryPrimitives.WriteUInt32BigEndian(body[5..], open.Identifier.Value);
        body[9] = (byte)parametersLength;
        var rest = body[FixedLength..];
        if (capabilitiesLength > 0)
        {
            rest[0] = CapabilitiesParameter;
            rest[1] = (byte)capabilitiesLength;
            rest = rest[2..];
            for (var i = 0; i < capabilities.Count; i++)
            {
                var value = capabilities[i].Value.Span;
                rest[0] = capabilities[i].Code;
                rest[1] = (byte)value.Length;
                value.CopyTo(rest[2..]);
                rest = rest[(2 + value.Length)..];
            }
        }

        if (open.UnsupportedParameter is { } unsupported)
        {
            rest[0] = unsupported;
            rest[1] = 0;
        }

        output.Advance(length);
    }

    private static bool TryReadParameters(ReadOnlySpan<byte> parameters, List<BgpCapability> capabilities, ref byte? unsupported)
    {
        while (!parameters.IsEmpty)
        {
            if (!TryTake(ref parameters, out var type, out var value))
            {
                return false;
            }

            if (type != CapabilitiesParameter)
            {
                unsupported ??= type;
                continue;
            }

            while (!value.IsEmpty)
            {
                if (!TryTake(ref value, out var code, out var capability))
                {
                    return false;
                }

                capabilities.Add(new BgpCapability(code, capability));
            }
        }

        return true;
    }

    // Parameters and capabilities have the same form: a type octet, a length octet, the value.
    private static bool TryTake(ref ReadOnlySpan<byte> rest, out byte type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (rest.Length < 2 || rest.Length < 2 + rest[1])
        {
            return false;
        }

        type = rest[0];
        value = rest.Slice(2, rest[1]);
        rest = rest[(2 + value.Length)..];
        return true;
    }
}
