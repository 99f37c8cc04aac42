using System.Buffers;
using BgpSharp.Fuzz;
using BgpSharp.Mrt;
using BgpSharp.Wire;
using CsCheck;

namespace BgpSharp.Tests.Properties;

/// <summary>
/// Whatever happens to a message, there is a typed outcome: no exception, an end, at most 16 times its length and 4 KiB
/// allocated for reading it and making objects of it. A failure names the seed that repeats it.
/// </summary>
public sealed class DamageProperties
{
    private const int Times = 4000;

    private static readonly Gen<(WireContext Context, byte[] Messages)> s_updates = BgpGen.Context.SelectMany(context => BgpGen.Update(context).Select(update =>
    {
        var round = new UpdateRoundTrip();
        round.Difference(update, context with { MaximumMessageLength = ushort.MaxValue });
        return (context, round.Written.ToArray());
    }));

    [Fact]
    public void A_damaged_UPDATE_has_a_typed_outcome() =>
        Gen.Select(s_updates, Damage.Any, BgpGen.Context).Sample((update, damage, other) =>
        {
            for (var rest = update.Messages; rest.Length > 0;)
            {
                var length = (rest[16] << 8) | rest[17];
                var body = damage.Apply(rest[19..length]);
                Hold(UpdateTarget.Judge, body, update.Context);
                Hold(UpdateTarget.Judge, body, other);
                Hold(UpdateTarget.Walk, body, update.Context);
                rest = rest[length..];
            }
        }, iter: Times / 4, threads: 1);

    [Fact]
    public void Any_octets_as_an_UPDATE_have_a_typed_outcome() =>
        Gen.Select(BgpGen.Context, Attributes, Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 60]).Sample((context, attributes, withdrawn, nlri) =>
        {
            byte[] body = [0, (byte)withdrawn.Length, .. withdrawn, (byte)(attributes.Length >> 8), (byte)attributes.Length, .. attributes, .. nlri];
            Hold(UpdateTarget.Judge, body, context);
        }, iter: 4 * Times, threads: 1);

    [Fact]
    public void Damaged_messages_in_a_stream_are_framed_or_refused() =>
        Gen.Select(s_updates, Damage.Any).Sample(
            (update, damage) => Hold(MessageTargets.Frames, damage.Apply(update.Messages), update.Context), iter: Times / 4, threads: 1);

    [Fact]
    public void A_damaged_MRT_record_has_a_typed_outcome() =>
        Gen.Select(s_updates, Gen.Int[0, 7], Damage.Any).Sample((update, kind, damage) =>
            Hold(MrtTarget.Read, damage.Apply(Record(update.Context, update.Messages, kind)), default), iter: Times / 4, threads: 1);

    [Fact]
    public void The_attributes_that_cost_most_stay_in_proportion()
    {
        // Every unknown type once, with MP_REACH_NLRI and NLRI: two sets of attributes of many small objects.
        var others = Enumerable.Range(0, 256).Where(type => !AttributeType.IsInterpreted((byte)type));
        foreach (var length in new[] { 0, 1, 2, 8 })
        {
            var unknown = string.Concat(others.Select(type => $"C0{type:X2}{length:X2}" + string.Concat(Enumerable.Repeat("AA", length))));
            var body = Tests.Wire.UpdateVectors.Body("", Tests.Wire.UpdateVectors.MpReach + Tests.Wire.UpdateVectors.Mandatory + unknown, "18 CB0071");
            var judge = () => Hold(UpdateTarget.Judge, body, new WireContext { FourOctetAsn = true });
            judge.Should().NotThrow();
        }
    }

    // Attributes whose header is right more often than not, with values that mostly are not.
    private static Gen<byte[]> Attributes => Gen.Select(
        Gen.OneOf<byte>(0x40, 0x80, 0xC0, 0xE0), Gen.Frequency((5, Gen.Byte[1, 35]), (1, Gen.Byte)), Gen.Byte.Array[0, 24], Gen.Int[0, 8],
        (flags, type, value, slip) =>
        {
            var right = AttributeType.RequiredFlags(type) is var required and not 0 && slip > 1 ? required : flags;
            return (byte[])[right, type, (byte)(value.Length + (slip == 0 ? 1 : 0)), .. value];
        }).Array[0, 12].Select(attributes => attributes.SelectMany(attribute => attribute).ToArray());

    // Messages as an archive has them, and tables with what happens to lie in them as attributes.
    private static byte[] Record(in WireContext context, byte[] messages, int kind)
    {
        var type = kind switch { 0 => MrtType.TableDump, < 4 => MrtType.TableDumpV2, _ => MrtType.Bgp4Mp };
        var subtype = kind switch { 0 => 1, 1 => 1, 2 => 2, 3 => 4, 4 => 1, 5 => 0, 6 => 4, _ => 9 };
        byte[] body = kind switch
        {
            0 => [0, 0, 0, 1, 203, 0, 113, 0, 24, 1, .. new byte[4], 198, 51, 100, 1, 0xFD, 0xE8, .. Attributes(messages)],
            1 => [198, 51, 100, 1, 0, 1, (byte)'v', 0, 2, 0, 198, 51, 100, 1, 198, 51, 100, 2, 0xFD, 0xE8, 3, .. new byte[24]],
            2 => [0, 0, 0, 1, 24, 203, 0, 113, 0, 1, 0, 0, .. new byte[4], .. Attributes(messages)],
            3 => [0, 0, 0, 1, 32, 0x20, 1, 0xD, 0xB8, 0, 1, 0, 0, .. new byte[4], .. Attributes(messages)],
            5 => [0xFD, 0xE8, 0xFD, 0xE9, 0, 0, 0, 1, 198, 51, 100, 1, 198, 51, 100, 2, 0, 3, 0, 6],
            _ when context.FourOctetAsn => [0, 0, 0xFD, 0xE8, 0, 0, 0xFD, 0xE9, 0, 0, 0, 1, 198, 51, 100, 1, 198, 51, 100, 2, .. messages],
            _ => [0xFD, 0xE8, 0xFD, 0xE9, 0, 0, 0, 1, 198, 51, 100, 1, 198, 51, 100, 2, .. messages],
        };
        return [0, 0, 0, 0, 0, (byte)type, 0, (byte)subtype, (byte)(body.Length >> 24), (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

        static byte[] Attributes(byte[] messages)
        {
            var some = messages.AsSpan(Math.Min(23, messages.Length)).ToArray();
            return [(byte)(some.Length >> 8), (byte)some.Length, .. some];
        }
    }

    private static void Hold(FuzzTargets.Target target, byte[] octets, in WireContext context)
    {
        try
        {
            FuzzTargets.Run(target, octets, context);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException($"{context}, {Convert.ToHexString(octets)}", broken);
        }
    }
}
