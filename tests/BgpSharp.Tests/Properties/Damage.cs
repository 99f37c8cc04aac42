using CsCheck;

namespace BgpSharp.Tests.Properties;

/// <summary>What can happen to octets: some are cut off, put in, flipped, overwritten or repeated.</summary>
internal sealed class Damage
{
    private readonly (int Kind, uint At, byte[] Octets)[] _steps;

    private Damage((int, uint, byte[])[] steps) => _steps = steps;

    public static readonly Gen<Damage> Any = Gen.Select(Gen.Int[0, 4], Gen.UInt, Gen.Byte.Array[1, 40]).Array[1, 4].Select(steps => new Damage(steps));

    public byte[] Apply(byte[] octets)
    {
        List<byte> result = [.. octets];
        foreach (var (kind, position, more) in _steps)
        {
            var at = (int)(position % (uint)(result.Count + 1));
            switch (kind)
            {
                case 0:
                    result.RemoveRange(at, Math.Min(result.Count - at, more[0]));
                    break;
                case 1:
                    result.InsertRange(at, more);
                    break;
                case 2 when at < result.Count:
                    result[at] ^= (byte)(1 << (more[0] % 8));
                    break;
                case 3 when at < result.Count:
                    result[at] = more[0];
                    break;
                case 4:
                    result.InsertRange(at, result[at..Math.Min(result.Count, at + more[0])]);
                    break;
                default:
                    break;
            }
        }

        return [.. result];
    }

    public override string ToString() => string.Join(", ", _steps.Select(step => $"{step.Kind} at {step.At}: {Convert.ToHexString(step.Octets)}"));
}
