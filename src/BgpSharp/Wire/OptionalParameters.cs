using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>The optional parameters of an OPEN (RFC 4271 §4.2, RFC 9072) and the capabilities in them (RFC 5492 §4).</summary>
internal static class OptionalParameters
{
    /// <summary>
    /// Reads parameters whose lengths have one octet, or two in the extended form. Values are not copied. They are counted
    /// first: a peer that sends thousands of empty ones must not cost more than what they need.
    /// </summary>
    public static bool TryRead(ReadOnlyMemory<byte> octets, bool extended, out OpenParameter[] parameters, out BgpCapability[] capabilities)
    {
        parameters = [];
        capabilities = [];
        var rest = octets.Span;
        var (parameterCount, capabilityCount) = (0, 0);
        while (!rest.IsEmpty)
        {
            if (!TryTake(ref rest, extended, out var type, out var value)
                || (type == OpenParameter.CapabilitiesType && !TryCount(value, ref capabilityCount)))
            {
                return false;
            }

            parameterCount++;
        }

        parameters = new OpenParameter[parameterCount];
        capabilities = new BgpCapability[capabilityCount];
        rest = octets.Span;
        (parameterCount, capabilityCount) = (0, 0);
        while (TryTake(ref rest, extended, out var type, out var value))
        {
            var parameter = new OpenParameter(type, octets.Slice(octets.Length - rest.Length - value.Length, value.Length));
            parameters[parameterCount++] = parameter;
            Fill(parameter, capabilities, ref capabilityCount);
        }

        return true;
    }

    /// <summary>All capabilities in some parameters.</summary>
    public static bool TryReadCapabilities(IReadOnlyList<OpenParameter> parameters, out BgpCapability[] capabilities)
    {
        capabilities = [];
        var count = 0;
        foreach (var parameter in parameters)
        {
            if (parameter.Type == OpenParameter.CapabilitiesType && !TryCount(parameter.Value.Span, ref count))
            {
                return false;
            }
        }

        capabilities = new BgpCapability[count];
        count = 0;
        foreach (var parameter in parameters)
        {
            Fill(parameter, capabilities, ref count);
        }

        return true;
    }

    private static bool TryCount(ReadOnlySpan<byte> capabilities, ref int count)
    {
        while (!capabilities.IsEmpty)
        {
            if (!TryTake(ref capabilities, extended: false, out _, out _))
            {
                return false;
            }

            count++;
        }

        return true;
    }

    private static void Fill(OpenParameter parameter, BgpCapability[] capabilities, ref int count)
    {
        if (parameter.Type != OpenParameter.CapabilitiesType)
        {
            return;
        }

        var rest = parameter.Value.Span;
        while (TryTake(ref rest, extended: false, out var code, out var value))
        {
            capabilities[count++] = BgpCapability.Share(code, parameter.Value.Slice(parameter.Value.Length - rest.Length - value.Length, value.Length));
        }
    }

    // Parameters and capabilities have the same form: a type octet, a length of one octet or two, the value.
    private static bool TryTake(ref ReadOnlySpan<byte> rest, bool extended, out byte type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        var start = extended ? 3 : 2;
        if (rest.Length < start)
        {
            return false;
        }

        var length = extended ? BinaryPrimitives.ReadUInt16BigEndian(rest[1..]) : rest[1];
        if (rest.Length < start + length)
        {
            return false;
        }

        type = rest[0];
        value = rest.Slice(start, length);
        rest = rest[(start + length)..];
        return true;
    }
}
