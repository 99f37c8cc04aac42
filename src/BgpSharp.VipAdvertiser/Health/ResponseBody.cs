using System.Text;

namespace BgpSharp.VipAdvertiser.Health;

/// <summary>The body of an answer: read to its end, so that the connection can be kept, and asked only for what failed.</summary>
internal static class ResponseBody
{
    /// <summary>The first half keeps the beginning, the second takes the rest in turn.</summary>
    public const int BufferLength = 8192;

    private const int Kept = BufferLength / 2;

    /// <summary>What goes beyond ends the connection instead.</summary>
    private const int Longest = 64 * 1024;

    private const int NamedChecks = 5, LongestName = 60;

    /// <summary>
    /// The checks that failed, as an apiserver lists them ("[-]etcd failed: reason withheld"), with a colon in front;
    /// empty when there are none.
    /// </summary>
    public static async Task<string> DrainAsync(HttpResponseMessage response, byte[] buffer, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        int kept = 0, total = 0;
        while (total < Longest)
        {
            var room = kept < Kept ? buffer.AsMemory(kept, Kept - kept) : buffer.AsMemory(Kept);
            var read = await stream.ReadAsync(room, cancellationToken);
            if (read == 0)
            {
                break;
            }

            kept = Math.Min(kept < Kept ? kept + read : kept, Kept);
            total += read;
        }

        return response.IsSuccessStatusCode ? string.Empty : FailedChecks(Encoding.ASCII.GetString(buffer, 0, kept));
    }

    private static string FailedChecks(string body)
    {
        var names = body.Split('\n')
            .Where(line => line.StartsWith("[-]", StringComparison.Ordinal))
            .Select(line => string.Concat(line[3..].TakeWhile(c => c is > ' ' and <= '~').Take(LongestName)))
            .Take(NamedChecks)
            .ToList();
        return names.Count == 0 ? string.Empty : $": {string.Join(", ", names)} failed";
    }
}
