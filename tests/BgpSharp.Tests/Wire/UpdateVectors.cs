using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

/// <summary>UPDATE bodies put together from attributes written as hexadecimal.</summary>
internal static class UpdateVectors
{
    public const string Origin = "40 01 01 00";
    public const string Via65000 = "40 02 06 02 01 0000FDE8";
    public const string NextHop = "40 03 04 C633640B";
    public const string LocalPref = "40 05 04 00000064";
    public const string MpReach = "80 0E 1A 0002 01 10 20010DB8000000000000000000000011 00 20 20010DB8";
    public const string MpUnreach = "80 0F 08 0002 01 20 20010DB8";

    /// <summary>The attributes every announcement from an external peer has.</summary>
    public const string Mandatory = Origin + Via65000 + NextHop;

    public static readonly WireContext External = new() { FourOctetAsn = true };
    public static readonly WireContext Internal = new() { FourOctetAsn = true, IsInternal = true };
    public static readonly WireContext TwoOctet = new() { FourOctetAsn = false };

    public static byte[] Body(string withdrawn, string attributes, string nlri)
    {
        var (first, second, third) = (Hex.Bytes(withdrawn), Hex.Bytes(attributes), Hex.Bytes(nlri));
        return [(byte)(first.Length >> 8), (byte)first.Length, .. first, (byte)(second.Length >> 8), (byte)second.Length, .. second, .. third];
    }

    /// <summary>Decodes a body that must not be refused.</summary>
    public static BgpUpdate Read(byte[] body, WireContext context)
    {
        UpdateDecoder.Decode(body, context, out var view, out var problem).Should().NotBe(UpdateVerdict.Reset, problem.ToString());
        return view.ToUpdate();
    }
}
