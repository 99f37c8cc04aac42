using System.Buffers;
using BgpSharp.Wire;

namespace BgpSharp.Tests.Wire;

/// <summary>Messages captured from real routers, in Vectors/ROUTER.txt: each is accepted and survives a round trip.</summary>
public sealed class RouterVectorTests
{
    private const string Context = "# context: ";

    [Theory]
    [InlineData("frr")]
    [InlineData("bird")]
    [InlineData("gobgp")]
    public void Messages_of_routers_are_accepted_and_survive_a_round_trip(string router)
    {
        var context = default(WireContext);
        var counts = new Dictionary<MessageType, int>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Wire", "Vectors", $"{router}.txt")))
        {
            if (line.StartsWith(Context, StringComparison.Ordinal))
            {
                context = ContextOf(line[Context.Length..].Split(' '));
            }

            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var message = Convert.FromHexString(line);
            FrameReader.Read(message, WireLimits.MaximumMessageLength, out var frame, out _).Should().Be(FrameStatus.Frame, line);
            counts[frame.Type] = counts.GetValueOrDefault(frame.Type) + 1;
            switch (frame.Type)
            {
                case MessageType.Open:
                    OpenCodec.TryDecode(frame.Body, out var open, out var error).Should().BeTrue($"{line}: {error}");
                    Written(output => OpenCodec.Encode(open!, output)).Should().Equal(message, line);
                    break;
                case MessageType.Notification:
                    var notification = NotificationCodec.Decode(frame.Body);
                    Written(output => NotificationCodec.Encode(notification, output)).Should().Equal(message, line);
                    break;
                case MessageType.Update:
                    CheckUpdate(frame.Body, context, line);
                    break;
                default:
                    frame.Type.Should().Be(MessageType.Keepalive, line);
                    break;
            }
        }

        counts[MessageType.Open].Should().BeGreaterThanOrEqualTo(5, "every session begins with one");
        counts[MessageType.Update].Should().BeGreaterThan(25);
    }

    private static WireContext ContextOf(string[] words)
    {
        words.Should().BeSubsetOf(["external", "internal", "four-octet", "two-octet", "add-path"]);
        return new WireContext
        {
            IsInternal = words.Contains("internal"),
            FourOctetAsn = words.Contains("four-octet"),
            AddPathIpv4Unicast = words.Contains("add-path"),
            AddPathIpv6Unicast = words.Contains("add-path"),
        };
    }

    // Routers differ in the order of attributes and in the width of their lengths: what is written reads the same.
    private static void CheckUpdate(ReadOnlySpan<byte> body, in WireContext context, string line)
    {
        UpdateDecoder.Decode(body, context, out var view, out var problem).Should().Be(UpdateVerdict.Accept, $"{line}: {problem}");
        var update = view.ToUpdate();
        update.OtherFamilies.Should().BeEmpty(line);
        if (update.EndOfRib is { } ended)
        {
            var marker = new byte[30];
            marker.AsSpan(19, UpdateWriter.WriteEndOfRib(marker, ended) - 19).ToArray().Should().Equal(body.ToArray(), line);
            return;
        }

        update.Withdrawn.Should().BeEmpty(line);
        update.Announced.Should().NotBeEmpty(line);
        BgpPath[] paths = [.. update.Announced.Select(route => route.Path)];
        var written = new byte[WireLimits.MaximumMessageLength];
        var length = UpdateWriter.WriteAnnouncements(written, paths[0].Prefix.Family, update.Attributes!, paths, context, out var taken);
        taken.Should().Be(paths.Length, line);
        UpdateDecoder.Decode(written.AsSpan(19, length - 19), context, out view, out problem).Should().Be(UpdateVerdict.Accept, $"{line}: {problem}");
        view.ToUpdate().Announced.Should().Equal(update.Announced, line);
    }

    private static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
