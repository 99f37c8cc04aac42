using System.Globalization;
using System.Text;

namespace BgpSharp.VipAdvertiser.Http;

/// <summary>The body of an answer: read to its end, so that the connection can be kept, and asked only for what failed.</summary>
internal sealed class ResponseBody(HttpReader reader)
{
    private const int Kept = 4096;

    private const int NamedChecks = 5, LongestName = 60;

    private readonly StringBuilder _beginning = new();

    public string Beginning => _beginning.ToString();

    /// <summary>True when it was read to its end; what is too long is left.</summary>
    /// <exception cref="HttpAnswerException">It ended early, or is not well-formed.</exception>
    public async ValueTask<bool> ReadAsync(HttpHead head, CancellationToken cancellationToken) => head.IsChunked
        ? await ReadChunksAsync(cancellationToken)
        : await ReadPartAsync(head.Length, cancellationToken);

    /// <summary>
    /// The checks that failed, as an apiserver lists them ("[-]etcd failed: reason withheld"), with a colon in front;
    /// empty when there are none.
    /// </summary>
    public static string FailedChecks(string body)
    {
        var names = body.Split('\n')
            .Where(line => line.StartsWith("[-]", StringComparison.Ordinal))
            .Select(line => string.Concat(line[3..].TakeWhile(c => c is > ' ' and <= '~').Take(LongestName)))
            .Take(NamedChecks)
            .ToList();
        return names.Count == 0 ? string.Empty : $": {string.Join(", ", names)} failed";
    }

    /// <param name="length">Null: until the connection ends.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async ValueTask<bool> ReadPartAsync(long? length, CancellationToken cancellationToken)
    {
        for (var left = length ?? long.MaxValue; left > 0;)
        {
            if (await reader.ReadAsync(left, cancellationToken) is not { } octets)
            {
                return false;
            }

            if (octets.IsEmpty)
            {
                return length is null ? true : throw HttpAnswerException.EndedEarly();
            }

            left -= octets.Length;
            _beginning.Append(Encoding.Latin1.GetString(octets.Span[..Math.Min(octets.Length, Kept - _beginning.Length)]));
        }

        return true;
    }

    /// <summary>RFC 9112 §7.1. Extensions and trailers are passed over.</summary>
    private async ValueTask<bool> ReadChunksAsync(CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            var digits = line.AsSpan();
            digits = digits[..(digits.IndexOf(';') is var extension and >= 0 ? extension : digits.Length)].Trim();
            if (!long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
            {
                throw new HttpAnswerException("The response has a chunk without a length");
            }

            if (length > 0 && !await ReadPartAsync(length, cancellationToken))
            {
                return false;
            }

            // The end of the chunk, or of each trailer.
            string? rest;
            while (!string.IsNullOrEmpty(rest = await reader.ReadLineAsync(cancellationToken)))
            {
                if (length > 0)
                {
                    throw new HttpAnswerException("The response has a chunk that is longer than it says");
                }
            }

            if (rest is null || length == 0)
            {
                return rest is not null;
            }
        }

        return false;
    }
}
