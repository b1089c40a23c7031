using System.Collections.Immutable;
using System.Reflection;

namespace GatewayStack.Contracts.Settings;

/// <summary>Finds configuration keys that no options type has: a misspelt setting must not be ignored. Used once, at the start.</summary>
public static class SettingsShape
{
    /// <summary>Errors for every key of a section that <paramref name="options"/> does not have.</summary>
    /// <param name="options">The options type of the section.</param>
    /// <param name="section">The section's key.</param>
    /// <param name="keys">Every key below the section that has a value, relative to it, such as <c>Issuers:0:Name</c>.</param>
    public static ImmutableArray<SettingsError> FindUnknown(Type options, string section, IEnumerable<string> keys)
    {
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        foreach (var key in keys)
        {
            if (Walk(options, key.Split(':')) is { } nearest)
            {
                errors.Add(new SettingsError($"{section}:{key}", "is not a setting", $"remove it or use one of: {nearest}"));
            }
        }

        return errors.ToImmutable();
    }

    private static string? Walk(Type type, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (ElementOf(type) is { } element)
            {
                type = element;
                continue;
            }

            if (IsValue(type))
            {
                return "no members: it is a single value";
            }

            var property = type.GetProperty(part, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null)
            {
                return string.Join(", ", type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Order(StringComparer.Ordinal));
            }

            type = property.PropertyType;
        }

        return null;
    }

    private static bool IsValue(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(Uri) || type == typeof(decimal);

    private static Type? ElementOf(Type type)
    {
        if (type == typeof(string))
        {
            return null;
        }

        var map = Interfaces(type).FirstOrDefault(i => i.IsGenericType
            && (i.GetGenericTypeDefinition() == typeof(IDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));
        if (map is not null)
        {
            return map.GetGenericArguments()[1];
        }

        return Interfaces(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
    }

    private static IEnumerable<Type> Interfaces(Type type) => type.IsInterface ? type.GetInterfaces().Prepend(type) : type.GetInterfaces();
}
