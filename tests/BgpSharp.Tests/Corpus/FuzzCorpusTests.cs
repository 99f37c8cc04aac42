using System.Buffers;
using BgpSharp.Tests.Wire;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Vectors;

/// <summary>fuzz-corpora.jsonl: what fuzzers of other programs found interesting. Each gives a typed outcome.</summary>
public sealed class FuzzCorpusTests
{
    private const string File = "fuzz-corpora.jsonl";

    public static TheoryData<int, string> Cases => Corpus.Cases(File);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Anything_gives_a_typed_outcome(int number, string id)
    {
        var vector = Corpus.Vector(File, number);
        var octets = Corpus.Octets(vector, "hex")!;
        var isBody = vector.GetProperty("framing").GetString()!.StartsWith("UPDATE body", StringComparison.Ordinal);
        var reference = vector.GetProperty("reference_reader").GetString()!;

        if (isBody)
        {
            UpdateDecoder.Decode(octets, UpdateVectors.External, out _, out var problem).Should().Be(problem.Verdict);
            (problem.Verdict == UpdateVerdict.Accept).Should().Be(!reference.Contains("does not parse", StringComparison.Ordinal), $"{id}: {problem}");
            return;
        }

        var status = FrameReader.Read(new ReadOnlySequence<byte>(octets), WireLimits.MaximumMessageLength, out var frame, out var error);
        if (reference.Contains("shorter than a header", StringComparison.Ordinal))
        {
            status.Should().Be(FrameStatus.NeedMore);
        }
        else if (reference.Contains("marker", StringComparison.Ordinal))
        {
            (status, error.Subcode).Should().Be((FrameStatus.Error, (byte)1), "Connection Not Synchronized");
        }
        else if (reference.StartsWith("UPDATE does not parse", StringComparison.Ordinal))
        {
            frame.Type.Should().Be(MessageType.Update);
            UpdateDecoder.Decode(frame.Body.ToArray(), UpdateVectors.External, out _, out var problem).Should().Be(UpdateVerdict.Reset);
            problem.Rule.Should().Be(UpdateRule.FieldLengths, id);
        }
        else if (status == FrameStatus.Frame && frame.Type == MessageType.Update)
        {
            UpdateDecoder.Decode(frame.Body.ToArray(), UpdateVectors.External, out var view, out var problem).Should().Be(problem.Verdict);
            view.ToUpdate().Should().NotBeNull();
        }
    }
}
