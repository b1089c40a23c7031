using System.Collections;
using System.Globalization;
using System.Reflection;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>The configuration keys of an options type, found by reflection.</summary>
internal static class SettingKeys
{
    /// <summary>Every key below a section; <c>N</c> stands for an index, <c>{}</c> for a name of the operator's.</summary>
    public static IEnumerable<SettingKey> Of(string section, Type options) => Members(section, options, Activator.CreateInstance(options)!);

    private static IEnumerable<SettingKey> Members(string prefix, Type type, object instance)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            foreach (var key in Value($"{prefix}:{property.Name}", property.PropertyType, property.GetValue(instance)))
            {
                yield return key;
            }
        }
    }

    private static IEnumerable<SettingKey> Value(string key, Type type, object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type.IsPrimitive || type.IsEnum || type == typeof(TimeSpan))
        {
            return [new SettingKey(key, Text(value))];
        }

        if (typeof(IEnumerable).IsAssignableFrom(type))
        {
            var arguments = type.GetGenericArguments();
            return Value(key + (arguments.Length == 2 ? ":{}" : ":N"), arguments[^1], null);
        }

        return Members(key, type, value ?? Activator.CreateInstance(type)!);
    }

    private static string? Text(object? value) => value switch
    {
        null or "" => null,
        bool or Enum => value.ToString()!.ToLowerInvariant(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

/// <summary>A key, and its default where that is a value.</summary>
internal sealed record SettingKey(string Key, string? Default);
