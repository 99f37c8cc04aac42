using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Reflection;

namespace BgpSharp.Tests.Architecture;

/// <summary>What is static never changes: two speakers in one process have nothing in common but code.</summary>
public sealed class StaticStateTests
{
    private const BindingFlags Static = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private const BindingFlags Instance = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>Of types that could change, and why these do not.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["PeerConnection.Caller"] = "belongs to the flow of one call, not to the process",
        ["Community.WellKnown"] = "a table of constants, private to the type that reads it",
        ["PeerFsmState.Initial"] = "a record without connections; steps make others of it",
        ["AsPath.Empty"] = "has no array",
        ["BgpCapability.RouteRefresh"] = "an array of its own, of no octets",
        ["BgpCapability.ExtendedMessage"] = "as above",
        ["BgpCapability.EnhancedRouteRefresh"] = "as above",
        ["BgpCapability.BfdStrictMode"] = "as above",
        ["UpdateGroups.s_exportRefused"] = "says why a prefix is not sent; nothing is collected in it",
        ["UpdateGroups.s_noUsableNextHop"] = "as above",
        ["UpdateGroups.s_stopped"] = "as above",
        ["RareAttributes.None"] = "read in place of what is not there; written are only those of an initializer",
        ["RarestAttributes.None"] = "as above",
        ["BgpRouteAttributes.Default"] = "immutable but for its hash code, which is noted when it is first asked for",
    };

    private static readonly Type[] ImmutableTypes = [typeof(string), typeof(Type), typeof(IPAddress), typeof(decimal)];

    private static IEnumerable<FieldInfo> StaticFields => typeof(BgpSpeaker).Assembly.GetTypes()
        .Where(type => !type.ContainsGenericParameters && type.Name != "<PrivateImplementationDetails>")
        .SelectMany(type => type.GetFields(Static));

    [Fact]
    public void No_static_field_can_be_assigned() =>
        StaticFields.Where(field => !field.IsLiteral && !field.IsInitOnly && !IsDelegateCache(field)).Select(Name).Should().BeEmpty();

    [Fact]
    public void What_a_static_field_holds_does_not_change() =>
        StaticFields.Where(field => !field.IsLiteral && !IsDelegateCache(field) && !Exceptions.ContainsKey(Name(field)) && !IsImmutable(field.FieldType, []))
            .Select(field => $"{Name(field)} is a {field.FieldType.Name}").Should().BeEmpty();

    [Fact]
    public void The_exceptions_are_still_there() =>
        StaticFields.Select(Name).Should().Contain(Exceptions.Keys, "an exception for nothing hides the next one of that name");

    [Fact]
    public void State_is_told_from_constants()
    {
        IsImmutable(typeof(Dictionary<int, int>), []).Should().BeFalse();
        IsImmutable(typeof(Changing), []).Should().BeFalse();
        IsImmutable(typeof(IpPrefix), []).Should().BeTrue();
        IsImmutable(typeof(BgpStopOptions), []).Should().BeTrue();
    }

    private static string Name(FieldInfo field) => $"{field.DeclaringType!.Name}.{(field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name)}";

    /// <summary>Where the compiler keeps a delegate that captures nothing.</summary>
    private static bool IsDelegateCache(FieldInfo field) =>
        field.DeclaringType!.Name.StartsWith("<>", StringComparison.Ordinal) && (field.FieldType.IsAssignableTo(typeof(Delegate)) || field.FieldType == field.DeclaringType);

    private static bool IsImmutable(Type type, HashSet<Type> seen) =>
        !seen.Add(type)
        || type.IsPrimitive || type.IsEnum || ImmutableTypes.Contains(type) || type.IsAssignableTo(typeof(Delegate))
        || IsFrozen(type)
        || (type.IsValueType && Fields(type).All(field => IsImmutable(field.FieldType, seen)))
        || (type.IsClass && !type.IsArray && Fields(type).All(field => field.IsInitOnly && IsImmutable(field.FieldType, seen)));

    private static bool IsFrozen(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) || type.GetGenericTypeDefinition() == typeof(FrozenDictionary<,>) || type.GetGenericTypeDefinition() == typeof(FrozenSet<>))
        && type.GetGenericArguments().All(argument => IsImmutable(argument, []));

    private static IEnumerable<FieldInfo> Fields(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            foreach (var field in level.GetFields(Instance))
            {
                yield return field;
            }
        }
    }

    private sealed class Changing
    {
        public int Count { get; set; }
    }
}
