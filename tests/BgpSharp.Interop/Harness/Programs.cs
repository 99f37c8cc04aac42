using System.Runtime.InteropServices;

namespace BgpSharp.Interop.Harness;

/// <summary>The command lines of this repository's programs, as built in the configuration of the tests.</summary>
internal static class Programs
{
    /// <summary>The directory of BgpSharp.sln.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The dotnet executable of the running runtime.</summary>
    public static string Dotnet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>Debug or Release, as the tests were built.</summary>
    public static string Configuration { get; } = Framework.Parent!.Name;

    public static IReadOnlyList<string> VipAdvertiser => Command("src/BgpSharp.VipAdvertiser", "bgpsharp-vip");

    public static IReadOnlyList<string> Cli => Command("samples/BgpSharp.Cli", "BgpSharp.Cli");

    public static IReadOnlyList<string> EmbeddedAgent => Command("samples/EmbeddedAgent", "EmbeddedAgent");

    public static IReadOnlyList<string> ObservedAgent => Command("samples/ObservedAgent", "ObservedAgent");

    public static IReadOnlyList<string> EcmpLab => Command("samples/EcmpLab", "EcmpLab");

    public static IReadOnlyList<string> StandInApiserver => Command("tests/programs/StandInApiserver", "StandInApiserver");

    /// <summary>Runs a program by its assembly: the apphost would look for the runtime in other places than this one.</summary>
    private static string[] Command(string project, string assembly)
    {
        var path = Path.Combine(Repository, project, "bin", Configuration, Framework.Name, $"{assembly}.dll");
        return File.Exists(path) ? [Dotnet, path] : throw new FileNotFoundException($"{path} is not built");
    }

    /// <summary>.../bin/CONFIGURATION/FRAMEWORK</summary>
    private static DirectoryInfo Framework => new(AppContext.BaseDirectory.TrimEnd('/'));

    private static string FindRepository()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "BgpSharp.sln")))
            {
                return directory.FullName;
            }
        }
        throw new DirectoryNotFoundException($"no BgpSharp.sln above {AppContext.BaseDirectory}");
    }
}
