using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GatewayStack.Events.Kafka.Settings;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>A record says all that is in it when it is logged by mistake; those with a token or a key in them, in whatever assembly of ours, say everything else.</summary>
public sealed partial class SecretsInTextTests
{
    private const string Secret = "canary-the-secret";

    // Its credential is one of three words for it.
    private const string NoHolder = "GatewayStack.Demo.Providers.RecordedRequest";

    public static TheoryData<Type> Holders =>
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "GatewayStack.*.dll").Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.Contains("Tests", StringComparison.Ordinal))
            .SelectMany(name => Assembly.Load(name!).GetTypes())
            .Where(t => IsRecord(t) && SecretsOf(t).Any() && t.FullName != NoHolder)
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Holders))]
    public void What_it_holds_is_not_in_its_text(Type type)
    {
        var record = Make(type);
        foreach (var part in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(f => f.FieldType.IsClass && IsRecord(f.FieldType) && f.GetValue(record) is null))
        {
            part.SetValue(record, Make(part.FieldType));
        }

        foreach (var field in SecretsOf(type))
        {
            field.SetValue(record, Secret);
        }

        record.ToString()!.ShouldNotContain(Secret);
    }

    [Fact]
    public void Who_looks_for_them_finds_them_and_what_helps_to_find_a_fault_is_in_it()
    {
        Holders.Select(row => row.Data).ShouldContain(typeof(KafkaOptions));
        Holders.Select(row => row.Data.Assembly).Distinct().Count().ShouldBeGreaterThan(3);
        new KafkaOptions { Username = "gateway", Password = Secret }.ToString().ShouldContain("Username = gateway");
    }

    private static object Make(Type type) =>
        type.GetConstructor(Type.EmptyTypes) is null ? RuntimeHelpers.GetUninitializedObject(type) : Activator.CreateInstance(type)!;

    private static bool IsRecord(Type type) =>
        type is { IsAbstract: false, ContainsGenericParameters: false } && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static IEnumerable<FieldInfo> SecretsOf(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(p => p.PropertyType == typeof(string) && Secrets().IsMatch(p.Name))
        .Select(p => type.GetField($"<{p.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)).OfType<FieldInfo>();

    [GeneratedRegex("(Token|Assertion|Secret|Credential|Password|PrivateKey|ApiKey)$")]
    private static partial Regex Secrets();
}
