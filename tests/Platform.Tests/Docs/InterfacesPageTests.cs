using System.Collections.Immutable;
using System.Reflection;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary><c>docs/reference/interfaces.md</c> and Contracts say the same, member by member.</summary>
public class InterfacesPageTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Type[] Roots =
    [
        typeof(RequestContext), typeof(CallerIdentity), typeof(ContentMetadata), typeof(ModelRequest), typeof(PolicyDecision), typeof(LimitsDecision),
        typeof(RoutingDecision), typeof(UsageRecord), typeof(GatewayEvent),
    ];

    private static IReadOnlyList<DocRow> Rows { get; } = [.. DocPage.Read("docs/reference/interfaces.md").Rows(h => h != "Module interfaces")];

    private static IReadOnlyList<Type> Reached { get; } = Reach();

    [Fact]
    public void Every_type_is_on_the_page() => Reached.Select(t => t.Name).Except(Rows.Select(r => r.Heading), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_type_on_the_page_is_one() =>
        Rows.Select(r => r.Heading).Distinct(StringComparer.Ordinal).Except(Reached.Select(t => t.Name), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Members_and_their_types_are_those_of_the_code()
    {
        var documented = Rows.Select(r => $"{r.Heading}.{r.Code(0)}: {r.Code(1)}").ToList();
        var actual = Reached.SelectMany(Members).ToList();
        actual.Except(documented, StringComparer.Ordinal).ShouldBeEmpty("missing on the page");
        documented.Except(actual, StringComparer.Ordinal).ShouldBeEmpty("on the page only");
    }

    [Fact]
    public void Every_member_has_a_meaning() =>
        Rows.Where(r => r.Cells.Count != 3 || r.Cells[2].Length == 0).Select(r => $"{r.Heading}.{r.Code(0)}").ShouldBeEmpty();

    [Fact]
    public void Methods_of_the_module_interfaces_are_those_of_the_code()
    {
        var rows = DocPage.Read("docs/reference/interfaces.md").Rows(h => h == "Module interfaces");
        var documented = rows.SelectMany(r => r.Codes(1).Select(m => $"{r.Code(0)}.{m}"));
        var actual = typeof(IPolicyModule).Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && (t.Name.EndsWith("Module", StringComparison.Ordinal) || t.Name is "IEventSink" or "IDataKeys" or "IStandings"))
            .SelectMany(t => t.GetMethods().Where(m => !m.IsSpecialName).Select(m => $"{t.Name}.{m.Name}"));
        documented.Order(StringComparer.Ordinal).ShouldBe(actual.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetValues(type).Cast<object>().Select(v => $"{type.Name}.{v}: {(int)v}")
        : Properties(type).Select(p => $"{type.Name}.{p.Name}: {TypeName(p)}");

    private static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static string TypeName(PropertyInfo property)
    {
        var isOptional = Nullable.GetUnderlyingType(property.PropertyType) is not null || Nullability.Create(property).ReadState == NullabilityState.Nullable;
        return Name(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) + (isOptional ? "?" : string.Empty);
    }

    private static string Name(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        _ when type == typeof(double) => "double",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };

    private static ImmutableArray<Type> Reach()
    {
        var found = new List<Type>();
        var open = new Queue<Type>(Roots);
        while (open.TryDequeue(out var type))
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type.IsGenericType)
            {
                type.GetGenericArguments().ToList().ForEach(open.Enqueue);
            }
            else if (type.Assembly == typeof(IPolicyModule).Assembly && !found.Contains(type))
            {
                found.Add(type);
                if (!type.IsEnum)
                {
                    Properties(type).ToList().ForEach(p => open.Enqueue(p.PropertyType));
                }
            }
        }

        return [.. found];
    }
}
