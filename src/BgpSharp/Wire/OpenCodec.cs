using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace BgpSharp.Wire;

/// <summary>OPEN (RFC 4271 §4.2) with capabilities (RFC 5492) and extended optional parameters (RFC 9072).</summary>
public static class OpenCodec
{
    private const int FixedLength = WireLimits.OpenMinimumLength - WireLimits.HeaderLength;

    // Type 255 after the length octet, then the real length in two octets (RFC 9072 §2).
    private const byte ExtendedLengthType = 255;
    private const int ExtendedLength = 3;

    /// <summary>
    /// Reads an OPEN's structure. Of the content only the version is judged: another version's OPEN may look different from
    /// there on. What is decoded is encoded to the same octets again.
    /// </summary>
    /// <param name="body">The octets after the header.</param>
    /// <param name="open">The OPEN.</param>
    /// <param name="error">What the NOTIFICATION would say (RFC 4271 §6.2).</param>
    /// <returns>Whether it could be read.</returns>
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

        var octets = body[FixedLength..];
        int length = body[FixedLength - 1];

        // The length before has no meaning then, whatever it says but zero: after that no parameter begins (RFC 9072 §2).
        var extended = length != 0 && octets is [ExtendedLengthType, ..];
        if (extended)
        {
            length = octets.Length < ExtendedLength ? -1 : BinaryPrimitives.ReadUInt16BigEndian(octets[1..]);
            octets = octets[Math.Min(ExtendedLength, octets.Length)..];
        }

        if (length != octets.Length || !OptionalParameters.TryRead(octets.ToArray(), extended, out var parameters, out var capabilities))
        {
            // A recognized but malformed optional parameter: subcode 0, Unspecific (RFC 4271 §6.2).
            error = new WireError(BgpErrorCode.OpenMessage, 0);
            return false;
        }

        error = default;
        open = new OpenMessage(parameters, capabilities)
        {
            Version = body[0],
            MyAutonomousSystem = BinaryPrimitives.ReadUInt16BigEndian(body[1..]),
            HoldTime = BinaryPrimitives.ReadUInt16BigEndian(body[3..]),
            Identifier = new BgpIdentifier(BinaryPrimitives.ReadUInt32BigEndian(body[5..])),
            HasExtendedParameters = extended,
        };
        return true;
    }

    /// <summary>Writes a whole message, header included.</summary>
    /// <param name="open">The OPEN. Its parameters get the extended form when it says so or when they exceed 255 octets.</param>
    /// <param name="output">Where it goes.</param>
    /// <exception cref="ArgumentException">The message would have more than 4096 octets.</exception>
    public static void Encode(OpenMessage open, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(output);
        var parameters = open.Parameters;
        var values = 0;
        for (var i = 0; i < parameters.Count; i++)
        {
            values += parameters[i].Value.Length;
        }

        // A first parameter of the reserved type would say that the form is extended, so it had better be.
        var extended = open.HasExtendedParameters
            || (2 * parameters.Count) + values > byte.MaxValue
            || (parameters.Count > 0 && parameters[0].Type == ExtendedLengthType);
        var parametersLength = ((extended ? 3 : 2) * parameters.Count) + values;
        var length = WireLimits.OpenMinimumLength + parametersLength + (extended ? ExtendedLength : 0);
        if (length > WireLimits.MaximumMessageLength)
        {
            throw new ArgumentException($"An OPEN has at most {WireLimits.MaximumMessageLength} octets, not {length}.", nameof(open));
        }

        var body = FrameWriter.Begin(output, MessageType.Open, length);
        body[0] = open.Version;
        BinaryPrimitives.WriteUInt16BigEndian(body[1..], open.MyAutonomousSystem);
        BinaryPrimitives.WriteUInt16BigEndian(body[3..], open.HoldTime);
        BinaryPrimitives.WriteUInt32BigEndian(body[5..], open.Identifier.Value);
        body[FixedLength - 1] = extended ? byte.MaxValue : (byte)parametersLength;
        var rest = body[FixedLength..];
        if (extended)
        {
            rest[0] = ExtendedLengthType;
            BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)parametersLength);
            rest = rest[ExtendedLength..];
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            Write(parameters[i], extended, ref rest);
        }

        output.Advance(length);
    }

    private static void Write(OpenParameter parameter, bool extended, ref Span<byte> rest)
    {
        var value = parameter.Value.Span;
        rest[0] = parameter.Type;
        if (extended)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)value.Length);
            rest = rest[3..];
        }
        else
        {
            rest[1] = (byte)value.Length;
            rest = rest[2..];
        }

        value.CopyTo(rest);
        rest = rest[value.Length..];
    }
}
