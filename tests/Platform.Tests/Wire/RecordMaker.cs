using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Makes records with every property set to something, by reflection: a property that a mapper forgets is found on the day it is added.</summary>
internal sealed class RecordMaker(Random random)
{
    private static readonly string[] Texts = ["a", "Ünïcode 🦊", "x y", "line\nline", "\"quoted\"", "a@example.com"];

    // A wire has no word for these: the assertion goes with the call.
    private static readonly HashSet<string> LeftOut = ["Assertion"];

    // Texts that may be there and be empty; other required ones name something.
    private static readonly HashSet<string> MayBeEmpty = ["Text", "Feed", "RuleSet", "Replacement", "Part", "Pointer", "MediaType", "Currency"];

    // Numbers that count from 1.
    private static readonly HashSet<string> FromOne = ["Attempt", "Count", "Epoch", "Sequence"];

    private readonly NullabilityInfoContext _nullability = new();

    public static Gen<T> Gen<T>(Func<T, T>? mend = null) =>
        from seed in FsCheck.Fluent.Gen.Choose(0, int.MaxValue - 1)
        select (mend ?? (r => r))(new RecordMaker(new Random(seed)).Make<T>());

    public static string Json<T>(T record) => JsonSerializer.Serialize(record);

    public T Make<T>() => (T)Record(typeof(T));

    private object Record(Type type)
    {
        var record = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null))
        {
            var value = LeftOut.Contains(property.Name) ? null : Value(property);
            property.SetValue(record, value);
        }

        return record;
    }

    private object? Value(PropertyInfo property)
    {
        var type = property.PropertyType;
        var optional = Nullable.GetUnderlyingType(type) is not null || (!type.IsValueType && _nullability.Create(property).WriteState == NullabilityState.Nullable);
        if (optional && random.Next(3) == 0)
        {
            return null;
        }

        return Value(Nullable.GetUnderlyingType(type) ?? type, property.Name, optional);
    }

    private object Value(Type type, string name, bool optional)
    {
        if (type == typeof(string))
        {
            return (optional || MayBeEmpty.Contains(name)) && random.Next(3) == 0 ? "" : Texts[random.Next(Texts.Length)];
        }

        if (type.IsEnum)
        {
            var values = Enum.GetValues(type);
            return values.GetValue(random.Next(values.Length))!;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return Array(type.GetGenericArguments()[0], name);
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => random.Next(2) == 0,
            TypeCode.Byte => (byte)random.Next(256),
            TypeCode.Int32 => (int)Math.Min(int.MaxValue, Number(name)),
            TypeCode.Int64 => Number(name),
            TypeCode.Double => random.Next(4) switch { 0 => 0.0, 1 => 1.0, _ => random.NextDouble() },
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(-1_000_000_000_000_000, 10_000_000_000_000_000)),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(1 + random.NextInt64(1_000_000_000_000)),
            _ => Record(type),
        };
    }

    private object Array(Type element, string name)
    {
        var count = element == typeof(byte) && name == "Secret" ? 32 : random.Next(4);
        var items = System.Array.CreateInstance(element, count);
        for (var i = 0; i < count; i++)
        {
            items.SetValue(Value(element, "Item", optional: false), i);
        }

        return typeof(ImmutableArray).GetMethods().Single(m => m.Name == "Create" && m.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(element).Invoke(null, [items])!;
    }

    private long Number(string name) => (FromOne.Contains(name) ? 1 : 0) + random.Next(4) switch
    {
        0 => 0,
        1 => int.MaxValue,
        2 => long.MaxValue - 1,
        _ => random.Next(1000),
    };
}
