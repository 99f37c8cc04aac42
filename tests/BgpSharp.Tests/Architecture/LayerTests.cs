using System.Net.Sockets;

namespace BgpSharp.Tests.Architecture;

/// <summary>What each layer may touch, read from the built assembly: usings can be implicit, instructions cannot.</summary>
public sealed class LayerTests
{
    private static readonly string[] PureFolders = ["Net", "Attributes", "Wire", "Mrt", "Fsm", "Rib", "Bfd/Protocol"];

    private static readonly string[] EffectFolders = ["Session", "Transport", "Diagnostics", "Bfd"];

    // A folder uses those before it; Mrt, Fsm and Rib are neighbours that do not know each other.
    private static readonly Dictionary<string, string[]> Above = new()
    {
        ["Net"] = ["Attributes", "Wire", "Mrt", "Fsm", "Rib"],
        ["Attributes"] = ["Wire", "Mrt", "Fsm", "Rib"],
        ["Wire"] = ["Mrt", "Fsm", "Rib"],
        ["Mrt"] = ["Fsm", "Rib"],
        ["Fsm"] = ["Mrt", "Rib"],
        ["Rib"] = ["Mrt", "Fsm"],
        ["Bfd/Protocol"] = ["Net", "Attributes", "Wire", "Mrt", "Fsm", "Rib"],
    };

    private static readonly Dictionary<string, string> FolderOfType = Repository.Sources("src/BgpSharp")
        .GroupBy(file => Path.GetFileNameWithoutExtension(file).Split('.')[0])
        .ToDictionary(group => group.Key, group => LayerOf(Path.GetRelativePath(Path.Combine(Repository.Root, "src/BgpSharp"), group.First())));

    // An archive is a stream that the caller opened, and its records have time stamps. Now is banned everywhere.
    private static readonly Type[] AllowedInMrt = [typeof(Stream), typeof(DateTimeOffset)];

    public static TheoryData<string> Pure => [.. PureFolders];

    [Theory]
    [MemberData(nameof(Pure))]
    public void A_pure_layer_touches_no_socket_thread_task_clock_chance_or_logger(string folder)
    {
        var types = TypesIn(folder);
        types.Should().NotBeEmpty();
        var found = types.SelectMany(type => TypeReferences.Of(type)
            .Where(reference => IsEffect(reference.Type) && !(folder == "Mrt" && AllowedInMrt.Contains(reference.Type)))
            .Select(reference => $"{type.Name}.{reference.Where} touches {reference.Type.FullName}"));
        found.Distinct().Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Pure))]
    public void A_pure_layer_uses_no_layer_above_it(string folder)
    {
        string[] forbidden = [.. Above[folder], .. EffectFolders];
        var found = TypesIn(folder).SelectMany(type => TypeReferences.Of(type)
            .Where(reference => FolderOf(reference.Type) is { } used && forbidden.Contains(used))
            .Select(reference => $"{type.Name}.{reference.Where} uses {reference.Type.Name} of {FolderOf(reference.Type)}"));
        found.Distinct().Should().BeEmpty();
    }

    [Fact]
    public void Only_the_transport_touches_a_Socket()
    {
        var found = typeof(BgpSpeaker).Assembly.GetTypes()
            .Where(type => type.DeclaringType is null && FolderOf(type) is { } folder && folder != "Transport")
            .SelectMany(type => TypeReferences.Of(type).Where(reference => reference.Type == typeof(Socket)).Select(_ => type.Name));
        found.Distinct().Should().BeEmpty();
    }

    [Fact]
    public void Reading_instructions_finds_what_a_layer_with_effects_touches()
    {
        TypesIn("Session").SelectMany(TypeReferences.Of).Select(reference => reference.Type).Where(IsEffect).Should()
            .Contain([typeof(Task), typeof(Lock), typeof(TimeProvider), typeof(Random)], "otherwise the tests above would prove nothing");
    }

    // BFD has its pure part in a folder of its own.
    private static string LayerOf(string file) => file.StartsWith("Bfd/Protocol/", StringComparison.Ordinal) ? "Bfd/Protocol" : file.Split('/')[0];

    private static Type[] TypesIn(string folder) =>
        [.. typeof(BgpSpeaker).Assembly.GetTypes().Where(type => type.DeclaringType is null && FolderOf(type) == folder)];

    private static string? FolderOf(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Assembly == typeof(BgpSpeaker).Assembly ? FolderOfType.GetValueOrDefault(type.Name.Split('`')[0]) : null;
    }

    private static bool IsEffect(Type type)
    {
        var space = type.Namespace ?? "";
        return (space.StartsWith("System.Net.Sockets", StringComparison.Ordinal) && type != typeof(AddressFamily))
            || space.StartsWith("System.IO", StringComparison.Ordinal)
            || space.StartsWith("System.Threading", StringComparison.Ordinal)
            || space.StartsWith("System.Diagnostics", StringComparison.Ordinal) && type.Name is "Stopwatch" or "Activity" or "Process"
            || space.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)
            || type == typeof(TimeProvider)
            || type == typeof(DateTime)
            || type == typeof(DateTimeOffset)
            || type == typeof(Random)
            || type == typeof(Guid)
            || type == typeof(Console)
            || type == typeof(Environment);
    }
}
