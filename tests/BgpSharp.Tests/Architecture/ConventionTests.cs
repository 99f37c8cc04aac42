using System.Reflection;
using BgpSharp.Hosting;
using Microsoft.Extensions.Logging;

namespace BgpSharp.Tests.Architecture;

public sealed class ConventionTests
{
    private const int MaximumLines = 400;

    private static readonly Assembly[] Sources = [typeof(BgpSpeaker).Assembly, typeof(BgpSpeakerBuilder).Assembly, Assembly.Load("bgpsharp-vip")];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("samples")]
    [InlineData("benchmarks")]
    public void No_file_has_more_than_400_lines(string folder)
    {
        var long_ = Repository.Sources(folder).Select(file => (File: Path.GetRelativePath(Repository.Root, file), Lines: File.ReadLines(file).Count()));
        long_.Where(file => file.Lines > MaximumLines).Should().BeEmpty();
    }

    [Fact]
    public void Log_event_ids_are_unique()
    {
        var events = Sources.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (Method: $"{method.DeclaringType!.Name}.{method.Name}", Event: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(found => found.Event is not null)
            .ToArray();
        events.Length.Should().BeGreaterThan(10);
        events.GroupBy(found => found.Event!.EventId).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(found => found.Method))}").Should().BeEmpty();
    }

    [Fact]
    public void A_secret_has_no_way_out()
    {
        BgpSecret.FromString("hush").ToString().Should().Be("***");
        var members = typeof(BgpSecret).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(member => member.Name);
        members.Should().BeEquivalentTo(nameof(BgpSecret.FromString), nameof(BgpSecret.FromFile), nameof(BgpSecret.FromEnvironmentVariable), nameof(BgpSecret.FromCallback), nameof(BgpSecret.FindProblem), nameof(ToString));
    }

    [Fact]
    public void What_looks_like_a_secret_is_a_BgpSecret()
    {
        string[] words = ["password", "secret", "key"];
        var found = typeof(BgpSpeaker).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static))
            .Where(property => words.Any(word => property.Name.EndsWith(word, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        found.Should().NotBeEmpty();
        found.Should().OnlyContain(property => property.PropertyType == typeof(BgpSecret));
    }

    [Fact]
    public void Public_records_have_scalar_members_only()
    {
        // What the compiler makes of others prints secrets and compares lists by reference.
        var records = typeof(BgpSpeaker).Assembly.GetExportedTypes()
            .Where(type => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly) is not null)
            .ToArray();
        var found = records.SelectMany(type => type.GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance)
            .Where(field => !IsScalar(field.FieldType))
            .Select(field => $"{type.Name}.{field.Name} is a {field.FieldType.Name}"));
        found.Should().BeEmpty();
    }

    // A number, or a value made of nothing but numbers, as an AS number is.
    private static bool IsScalar(Type type) =>
        type.IsPrimitive || type.IsEnum
        || (type.IsValueType
            && type.GetFields(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance).All(field => IsScalar(field.FieldType)));
}
