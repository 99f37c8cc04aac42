namespace BgpSharp.Wire;

/// <summary>An OPEN (RFC 4271 §4.2), decoded but not judged. Immutable.</summary>
public sealed class OpenMessage
{
    private readonly IReadOnlyList<BgpCapability> _capabilities = [];
    private readonly IReadOnlyList<OpenParameter> _parameters = [];

    /// <summary>Makes an OPEN.</summary>
    public OpenMessage()
    {
    }

    internal OpenMessage(OpenParameter[] parameters, BgpCapability[] capabilities)
    {
        _parameters = Array.AsReadOnly(parameters);
        _capabilities = Array.AsReadOnly(capabilities);
    }

    /// <summary>The protocol version. Default: 4.</summary>
    public byte Version { get; init; } = 4;

    /// <summary>The two-octet AS field; 23456 (AS_TRANS) when the number needs four octets (RFC 6793).</summary>
    public ushort MyAutonomousSystem { get; init; }

    /// <summary>The proposed hold time in seconds.</summary>
    public ushort HoldTime { get; init; }

    /// <summary>The sender's BGP identifier.</summary>
    public BgpIdentifier Identifier { get; init; }

    /// <summary>
    /// All capabilities in wire order, unknown ones too, whatever parameters they stood in. Setting it makes one parameter
    /// of them (RFC 5492 §4).
    /// </summary>
    public IReadOnlyList<BgpCapability> Capabilities
    {
        get => _capabilities;
        init
        {
            _capabilities = Array.AsReadOnly([.. value]);
            _parameters = value.Count == 0 ? [] : [OpenParameter.Of(value)];
        }
    }

    /// <summary>
    /// The optional parameters in wire order. Setting it sets <see cref="Capabilities"/> to those in the parameters of type
    /// <see cref="OpenParameter.CapabilitiesType"/>.
    /// </summary>
    /// <exception cref="ArgumentException">A parameter of that type does not hold capabilities.</exception>
    public IReadOnlyList<OpenParameter> Parameters
    {
        get => _parameters;
        init
        {
            _parameters = Array.AsReadOnly([.. value]);
            if (!OptionalParameters.TryReadCapabilities(value, out var capabilities))
            {
                throw new ArgumentException("A Capabilities parameter ends within a capability.", nameof(value));
            }

            _capabilities = Array.AsReadOnly(capabilities);
        }
    }

    /// <summary>
    /// Whether the parameters have the extended form, with lengths of two octets (RFC 9072). An OPEN whose parameters need
    /// it is sent in that form anyway.
    /// </summary>
    public bool HasExtendedParameters { get; init; }

    /// <summary>The first optional parameter that is not Capabilities (RFC 4271 §6.2 refuses it); null when there is none.</summary>
    internal byte? UnsupportedParameter
    {
        get
        {
            foreach (var parameter in _parameters)
            {
                if (parameter.Type != OpenParameter.CapabilitiesType)
                {
                    return parameter.Type;
                }
            }

            return null;
        }
    }
}
