using BgpSharp.Mrt;

namespace BgpSharp.Tests.Mrt;

public sealed class MrtReaderTests
{
    private static readonly byte[] s_file = [.. MrtVectors.All.Values.Concat(MrtVectors.Others.Values).SelectMany(record => record)];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Every_record_of_a_stream_is_read_with_its_offset(int octetsARead)
    {
        var reader = new MrtReader(new SlowStream(s_file, octetsARead));
        var expected = 0L;
        var count = 0;
        while (reader.TryRead(out var record))
        {
            reader.Offset.Should().Be(expected);
            expected += record.Length;
            count++;
        }

        count.Should().Be(MrtVectors.All.Count + MrtVectors.Others.Count);
        reader.State.Should().Be(MrtReaderState.End);
        reader.Offset.Should().Be(s_file.Length);
        reader.TryRead(out _).Should().BeFalse("the end stays the end");
    }

    [Fact]
    public void A_stream_cut_inside_a_record_is_truncated_at_that_record()
    {
        var first = MrtVectors.PeerIndexTable;
        for (var length = 1; length < first.Length; length++)
        {
            var reader = new MrtReader(new MemoryStream([.. first, .. first[..length]]));

            reader.TryRead(out _).Should().BeTrue();
            reader.TryRead(out _).Should().BeFalse();
            reader.State.Should().Be(MrtReaderState.Truncated);
            reader.Offset.Should().Be(first.Length);
        }
    }

    [Fact]
    public void An_empty_stream_ends_well()
    {
        var reader = new MrtReader(Stream.Null);

        reader.TryRead(out _).Should().BeFalse();
        reader.State.Should().Be(MrtReaderState.End);
    }

    [Fact]
    public void A_record_over_the_bound_is_corrupt_and_costs_no_memory()
    {
        byte[] file = [.. MrtVectors.PeerIndexTable, 0x65, 0, 0, 0, 0, 16, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reader = new MrtReader(new MemoryStream(file));

        reader.TryRead(out _).Should().BeTrue();
        reader.TryRead(out _).Should().BeFalse();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1024 * 1024);
        reader.State.Should().Be(MrtReaderState.Corrupt);
        reader.Offset.Should().Be(MrtVectors.PeerIndexTable.Length);
    }

    [Fact]
    public void A_promised_length_is_not_allocated_before_it_arrives()
    {
        byte[] file = [0x65, 0, 0, 0, 0, 16, 0, 4, 0, 0xFF, 0, 0, 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();

        new MrtReader(new MemoryStream(file)).TryRead(out _).Should().BeFalse();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1024 * 1024, "16 MiB were promised, 15 octets came");
    }

    [Fact]
    public void A_record_larger_than_the_first_buffer_is_read()
    {
        var large = new byte[3_000_000];
        large[5] = 11;
        large[9] = (byte)((large.Length - 12) >> 16);
        large[10] = unchecked((byte)((large.Length - 12) >> 8));
        large[11] = unchecked((byte)(large.Length - 12));
        var reader = new MrtReader(new MemoryStream([.. large, .. MrtVectors.PeerIndexTable]));

        reader.TryRead(out var record).Should().BeTrue();
        record.Length.Should().Be(large.Length);
        reader.TryRead(out record).Should().BeTrue();
        record.Kind.Should().Be(MrtKind.PeerIndexTable);
    }

    [Fact]
    public void Reading_allocates_nothing_a_record()
    {
        var file = Enumerable.Repeat(s_file, 300).SelectMany(octets => octets).ToArray();
        MrtReader reader = null!;
        var sum = 0L;
        void Open()
        {
            reader = new MrtReader(new MemoryStream(file));
            sum += Walk(reader, records: 100);
        }

        Allocations.Least(() => sum += Walk(reader, int.MaxValue), prepare: Open).Should().Be(0, "no record costs memory");
        reader.State.Should().Be(MrtReaderState.End);
        sum.Should().BePositive();
    }

    private static long Walk(MrtReader reader, int records)
    {
        var sum = 0L;
        for (; records > 0 && reader.TryRead(out var record); records--)
        {
            sum += record.Kind switch
            {
                MrtKind.Message when MrtMessage.TryRead(record, out var message, out _) => message.Body.Length,
                MrtKind.Rib when MrtRib.TryRead(record, out var rib, out _) => rib.EntryCount,
                MrtKind.TableDump when MrtTableDump.TryRead(record, out var dump, out _) => dump.PrefixLength,
                MrtKind.StateChange when MrtStateChange.TryRead(record, out var change, out _) => (long)change.NewState,
                _ => 0,
            };
        }

        return sum;
    }

    private sealed class SlowStream(byte[] octets, int octetsARead) : MemoryStream(octets)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, octetsARead));
    }
}
