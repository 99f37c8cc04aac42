using System.Buffers.Binary;

namespace BgpSharp.Wire;

/// <summary>Writes prefixes as NLRI (RFC 4271 §4.3), with path identifiers where they are agreed on (RFC 7911 §3).</summary>
internal ref struct NlriWriter
{
    private const int PathIdLength = 4;

    private readonly Span<byte> _field;
    private readonly byte _family;
    private readonly bool _hasPathIds;

    public NlriWriter(Span<byte> field, BgpFamily family, bool hasPathIds)
    {
        _field = field;
        _family = family == BgpFamily.Ipv4Unicast ? IpPrefix.V4 : IpPrefix.V6;
        _hasPathIds = hasPathIds;
    }

    /// <summary>The octets written.</summary>
    public int Written { get; private set; }

    /// <summary>Writes as many of the prefixes as fit; says how many.</summary>
    public int Write(ReadOnlySpan<IpPrefix> prefixes)
    {
        if (_hasPathIds)
        {
            throw new ArgumentException("These prefixes need path identifiers.", nameof(prefixes));
        }

        for (var i = 0; i < prefixes.Length; i++)
        {
            if (!TryWrite(in prefixes[i]))
            {
                return i;
            }
        }

        return prefixes.Length;
    }

    /// <summary>Writes as many of the paths as fit; says how many.</summary>
    public int Write(ReadOnlySpan<BgpPath> paths)
    {
        for (var i = 0; i < paths.Length; i++)
        {
            ref readonly var path = ref paths[i];
            if (path.PathId.HasValue != _hasPathIds)
            {
                throw new ArgumentException($"{path}: path identifiers are {(_hasPathIds ? "" : "not ")}agreed on.", nameof(paths));
            }

            var start = Written;
            if (_hasPathIds)
            {
                if (_field.Length - start < PathIdLength)
                {
                    return i;
                }

                BinaryPrimitives.WriteUInt32BigEndian(_field[start..], path.PathId.GetValueOrDefault());
                Written += PathIdLength;
            }

            if (!TryWrite(path.Prefix))
            {
                Written = start;
                return i;
            }
        }

        return paths.Length;
    }

    private bool TryWrite(in IpPrefix prefix)
    {
        if (prefix.FamilyCode != _family)
        {
            throw new ArgumentException($"{prefix} is not of the message's family.", nameof(prefix));
        }

        var octets = NlriField.OctetCount(prefix.Length);
        var rest = _field[Written..];
        if (rest.Length < 1 + octets)
        {
            return false;
        }

        rest[0] = (byte)prefix.Length;
        rest = rest[1..];
        var bits = prefix.Bits;

        // What is written too much is overwritten by what follows.
        if (octets <= 4 && rest.Length >= 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)(bits.High >> 32));
        }
        else if (rest.Length >= 16)
        {
            bits.Write(rest);
        }
        else
        {
            Span<byte> address = stackalloc byte[16];
            bits.Write(address);
            address[..octets].CopyTo(rest);
        }

        Written += 1 + octets;
        return true;
    }
}
