using System.Text;
using BgpSharp.Cli;

namespace BgpSharp.Tests.Samples.Decode;

/// <summary>Runs <c>bgpsharp decode</c> in this process, on octets as standard input.</summary>
internal static class DecodeCli
{
    public static Task<DecodeResult> RunAsync(string input, string arguments = "") => RunAsync(Encoding.UTF8.GetBytes(input), arguments);

    public static async Task<DecodeResult> RunAsync(byte[] input, string arguments = "")
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        using var help = new StringWriter();
        var streams = new StandardStreams { Input = new MemoryStream(input), Output = new OutputStream(output) };
        var exitCode = await CommandLine.RunAsync(["decode", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], help, errors, streams);
        return new DecodeResult(exitCode, Encoding.UTF8.GetString(output.ToArray()).ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
