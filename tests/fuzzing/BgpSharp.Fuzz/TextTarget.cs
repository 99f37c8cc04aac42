using System.Text;
using BgpSharp.Wire;

namespace BgpSharp.Fuzz;

/// <summary>Text forms: what can be read is written so that it reads the same again.</summary>
internal static class TextTarget
{
    public static void Parse(ReadOnlySpan<byte> input, in WireContext context)
    {
        var text = Encoding.UTF8.GetString(input);
        Check<Asn>(text);
        Check<BgpIdentifier>(text);
        Check<IpPrefix>(text);
        Check<Community>(text);
        Check<LargeCommunity>(text);
        Check<ExtendedCommunity>(text);
        Check<Ipv6ExtendedCommunity>(text);
        Check<AsPath>(text);
    }

    private static void Check<T>(string text)
        where T : ISpanParsable<T>
    {
        if (T.TryParse(text, null, out var value))
        {
            var written = value.ToString()!;
            FuzzTargets.Check(T.TryParse(written, null, out var again) && value.Equals(again), $"{typeof(T).Name} reads its own text");
        }
    }
}
