using BgpSharp.Interop.Harness;

namespace BgpSharp.Interop.Image;

/// <summary>The image, made once for all tests of the class by the script that users have, and unpacked as a runtime does it.</summary>
public sealed class PackedImage : IAsyncDisposable
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(5);

    private readonly Lazy<Task> _packed;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bgpsharp-image-");

    public PackedImage() => _packed = new(PackOnceAsync);

    /// <summary>The file that is loaded into a container engine.</summary>
    internal string Archive => Path.Combine(_directory.FullName, "image.tar");

    /// <summary>The bundle of the OCI runtime specification: rootfs and config.json.</summary>
    internal string Bundle => Path.Combine(_directory.FullName, "bundle");

    internal string RootFileSystem => Path.Combine(Bundle, "rootfs");

    internal Task PackAsync()
    {
        Requires.Root();
        Requires.Tool("umoci");
        Requires.Tool("skopeo");
        Requires.Tool("jq");
        Requires.Tool("gcc");
        return _packed.Value;
    }

    /// <summary>Runs the script, which compiles nothing where a program is named.</summary>
    /// <param name="output">The file to make.</param>
    /// <param name="umask">As whoever runs it has it.</param>
    /// <param name="more">Further arguments.</param>
    internal static Task<string> BuildAsync(string output, string umask = "022", params IReadOnlyList<string> more) => Command.RunAsync(
        input: "",
        [
            "env", "MSBUILDDISABLENODEREUSE=1", "DOTNET_CLI_USE_MSBUILD_SERVER=0", "UseSharedCompilation=false",
            $"PATH={Path.GetDirectoryName(Programs.Dotnet)}:{Environment.GetEnvironmentVariable("PATH")}",
            "sh", "-c", """umask "$1" && shift && exec "$@" """, "sh", umask,
            Path.Combine(Programs.Repository, "src/BgpSharp.VipAdvertiser/image/build"), "--output", output, .. more,
        ],
        BuildLimit);

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task PackOnceAsync()
    {
        await BuildAsync(Archive);
        var layout = _directory.CreateSubdirectory("layout").FullName;
        await Command.RunAsync("tar", "-xf", Archive, "-C", layout);
        var tag = (await Command.RunAsync("umoci", "list", "--layout", layout)).Trim();
        await Command.RunAsync("umoci", "unpack", "--image", $"{layout}:{tag}", Bundle);
    }
}
