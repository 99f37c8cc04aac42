using System.Buffers;
using System.Diagnostics;
using System.Net;
using BgpSharp.Mrt;
using BgpSharp.Tests.Wire;

namespace BgpSharp.Tests.Mrt;

public sealed class MrtWriterTests
{
    private static readonly DateTimeOffset s_time = DateTimeOffset.FromUnixTimeSeconds(0x65000000).AddMicroseconds(123_456);

    private static readonly MrtPeering s_ipv4 =
        new(70_000, IPAddress.Parse("198.51.100.1"), 65_002, IPAddress.Parse("198.51.100.2"), interfaceIndex: 3);

    private static readonly MrtPeering s_ipv6 = new(70_000, IPAddress.Parse("2001:db8::1"), 65_002, IPAddress.Parse("2001:db8::2"));

    private static readonly byte[] s_update =
        Hex.Message(2, Hex.Bytes("0000" + MrtVectors.Field(MrtVectors.FourOctetAttributes) + MrtVectors.Prefix));

    [Theory]
    [InlineData(Bgp4MpSubtype.MessageAs4, false, false)]
    [InlineData(Bgp4MpSubtype.MessageAs4, true, false)]
    [InlineData(Bgp4MpSubtype.MessageAs4, false, true)]
    [InlineData(Bgp4MpSubtype.MessageAs4Local, true, true)]
    [InlineData(Bgp4MpSubtype.MessageAddPath, false, true)]
    public void What_is_written_is_read_back(Bgp4MpSubtype subtype, bool isV6, bool withMicroseconds)
    {
        var output = new ArrayBufferWriter<byte>();
        var peering = isV6 ? s_ipv6 : s_ipv4;
        MrtWriter.Write(output, peering, s_time, s_update, subtype, withMicroseconds);
        MrtWriter.Write(output, peering, s_time, s_update, subtype, withMicroseconds);

        output.WrittenCount.Should().Be(2 * MrtWriter.GetLength(peering, s_update.Length, subtype, withMicroseconds));
        MrtRecord.TryRead(output.WrittenSpan, out var record).Should().Be(MrtReadStatus.Record);
        MrtRecord.TryRead(output.WrittenSpan[record.Length..], out _).Should().Be(MrtReadStatus.Record);
        record.Type.Should().Be(withMicroseconds ? MrtType.Bgp4MpEt : MrtType.Bgp4Mp);
        record.Time.Should().Be(withMicroseconds ? s_time : DateTimeOffset.FromUnixTimeSeconds(0x65000000));
        MrtMessage.TryRead(record, out var message, out var error).Should().BeTrue($"{error}");
        message.PeerAddress.Should().Be(peering.PeerAddress);
        message.LocalAddress.Should().Be(peering.LocalAddress);
        message.PeerAsn.Should().Be(subtype == Bgp4MpSubtype.MessageAddPath ? Asn.Trans : new Asn(70_000), "two octets have no room for it");
        message.LocalAsn.Should().Be(new Asn(65_002));
        message.InterfaceIndex.Should().Be(peering.InterfaceIndex);
        message.IsLocal.Should().Be(subtype == Bgp4MpSubtype.MessageAs4Local);
        message.Octets.SequenceEqual(s_update).Should().BeTrue();
    }

    [Fact]
    public void A_record_is_byte_for_byte_that_of_RFC_6396()
    {
        var record = new byte[200];
        var length = MrtWriter.WriteTo(record, s_ipv4, s_time, Hex.Message(4), withMicroseconds: true);

        Convert.ToHexString(record, 0, length).Should().Be(
            "65000000" + "0011" + "0004" + "0000002B" + "0001E240" + "00011170" + "0000FDEA" + "0003" + "0001" + "C6336401" + "C6336402"
            + Convert.ToHexString(Hex.Message(4)));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var record = new byte[200];
        var length = 0;

        Allocations.Least(() => length = MrtWriter.WriteTo(record, s_ipv4, s_time, s_update)).Should().Be(0);
        length.Should().BePositive();
    }

    [Fact]
    public void A_callers_mistake_names_the_problem()
    {
        var record = new byte[200];
        new Action(() => MrtWriter.WriteTo(record, s_ipv4, s_time, new byte[18])).Should().Throw<ArgumentException>().WithMessage("*at least 19*");
        new Action(() => MrtWriter.WriteTo(record.AsSpan(0, 20), s_ipv4, s_time, s_update)).Should().Throw<ArgumentException>().WithMessage("*needs*");
        new Action(() => MrtWriter.WriteTo(record, s_ipv4, s_time, s_update, Bgp4MpSubtype.StateChange)).Should().Throw<ArgumentException>().WithMessage("*StateChange*");
        new Action(() => MrtWriter.WriteTo(record, s_ipv4, DateTimeOffset.MaxValue, s_update)).Should().Throw<ArgumentException>().WithMessage("*2106*");
        new Func<object>(() => new MrtPeering(1, s_ipv4.PeerAddress, 2, s_ipv6.LocalAddress)).Should().Throw<ArgumentException>().WithMessage("*one family*");
    }

    [Fact]
    public async Task Bgpdump_reads_what_is_written()
    {
        const string program = "/usr/bin/bgpdump";
        Assert.SkipUnless(File.Exists(program), "bgpdump is not installed");
        var output = new ArrayBufferWriter<byte>();
        MrtWriter.Write(output, s_ipv4, s_time, s_update);
        MrtWriter.Write(output, s_ipv6, s_time, s_update, withMicroseconds: true);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, output.WrittenSpan.ToArray());
            using var bgpdump = Process.Start(new ProcessStartInfo(program, ["-m", file]) { RedirectStandardOutput = true })!;
            var lines = await bgpdump.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));

            const string route = "|203.0.113.0/24|65001|IGP|198.51.100.9|0|0||NAG||\n";
            lines.Should().Be("BGP4MP|1694498816|A|198.51.100.1|70000" + route + "BGP4MP_ET|1694498816.123456|A|2001:db8::1|70000" + route);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
