using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace GatewayStack.Platform.Tests.Architecture;

/// <summary>Says what keeps an interface from crossing a wire: everything it takes and gives must be data that a schema can name.</summary>
internal sealed class WireShape
{
    private static readonly HashSet<Type> Values =
        [typeof(string), typeof(bool), typeof(byte), typeof(int), typeof(long), typeof(double), typeof(DateTimeOffset), typeof(TimeSpan)];

    private readonly List<string> _problems = [];
    private readonly HashSet<Type> _seen = [];

    public static IReadOnlyList<string> Problems(Type contract)
    {
        var walk = new WireShape();
        foreach (var method in contract.GetMethods().Where(m => !m.IsSpecialName))
        {
            walk.Method(method);
        }

        // The one thing that may be asked without a call is what an implementation is called.
        foreach (var property in contract.GetProperties().Where(p => p.PropertyType != typeof(string)))
        {
            walk._problems.Add($"{contract.Name}.{property.Name} is not asked by a call");
        }

        return walk._problems;
    }

    private void Method(MethodInfo method)
    {
        var where = $"{method.DeclaringType!.Name}.{method.Name}";
        var parameters = method.GetParameters();
        if (parameters.LastOrDefault()?.ParameterType != typeof(CancellationToken))
        {
            _problems.Add($"{where} does not end with a CancellationToken");
        }

        foreach (var parameter in parameters.Where(p => p.ParameterType != typeof(CancellationToken)))
        {
            Stream(parameter.ParameterType, $"{where}({parameter.Name})");
        }

        var result = method.ReturnType;
        if (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>))
        {
            Data(result.GetGenericArguments()[0], where, member: null);
        }
        else if (IsStream(result))
        {
            Stream(result, where);
        }
        else if (result != typeof(Task))
        {
            _problems.Add($"{where} is not asynchronous");
        }
    }

    private void Stream(Type type, string where) => Data(IsStream(type) ? type.GetGenericArguments()[0] : type, where, member: null);

    private void Data(Type type, string where, string? member)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            Data(type.GetGenericArguments()[0], where, member);
        }
        else if (type.IsEnum)
        {
            Enum(type);
        }
        else if (Values.Contains(type))
        {
            Number(type, where, member);
        }
        else if (!IsRecord(type))
        {
            _problems.Add($"{where} is a {type.Name}");
        }
        else if (_seen.Add(type))
        {
            Record(type);
        }
    }

    private void Record(Type type)
    {
        if (!type.IsSealed)
        {
            _problems.Add($"{type.Name} is not sealed");
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var where = $"{type.Name}.{property.Name}";
            if (property.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            {
                _problems.Add($"{where} can be changed");
            }

            Data(property.PropertyType, where, property.Name);
            Money(type, property, where);
        }
    }

    private void Money(Type type, PropertyInfo property, string where)
    {
        string[] words = ["Cost", "Micros", "Price"];
        var priced = type.Name.EndsWith("Price", StringComparison.Ordinal) && property.Name.Contains("put", StringComparison.Ordinal);
        var plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if ((priced || words.Any(w => property.Name.Contains(w, StringComparison.Ordinal))) && (plain.IsPrimitive || plain == typeof(decimal)) && plain != typeof(long))
        {
            _problems.Add($"{where} is money and no 64-bit integer");
        }
    }

    // A double is a score between 0 and 1; everything that is counted is an integer.
    private void Number(Type type, string where, string? member)
    {
        if (type == typeof(double) && member?.EndsWith("Score", StringComparison.Ordinal) != true && member != "Confidence")
        {
            _problems.Add($"{where} is a double and no score");
        }
    }

    private void Enum(Type type)
    {
        if (_seen.Add(type) && System.Enum.GetName(type, 0) != "Unspecified")
        {
            _problems.Add($"{type.Name} has no Unspecified at 0");
        }
    }

    private static bool IsRecord(Type type) => type is { IsClass: true } && type.GetMethod("<Clone>$") is not null;

    private static bool IsStream(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);
}
