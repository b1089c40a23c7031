using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Tests.Routing;

/// <summary>Settings and records with a key or a token in them say everything else when they are logged by mistake.</summary>
public sealed partial class SecretsInTextTests
{
    private const string Secret = "sk-the-secret";

    public static TheoryData<Type> Holders => [.. typeof(BackendOptions).Assembly.GetTypes().Where(IsRecord).Where(t => SecretsOf(t).Any())];

    [Theory]
    [MemberData(nameof(Holders))]
    public void What_it_holds_is_not_in_its_text(Type type)
    {
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in SecretsOf(type))
        {
            type.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(record, Secret);
        }

        record.ToString()!.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData(typeof(ProviderOptions))]
    [InlineData(typeof(TenantKeyOptions))]
    [InlineData(typeof(BackendOptions))]
    [InlineData(typeof(McpServerOptions))]
    public void Who_looks_for_them_finds_them(Type type) => Holders.Select(row => row.Data).ShouldContain(type);

    [Fact]
    public void What_helps_to_find_a_fault_is_in_it() =>
        new ProviderOptions { BaseUrl = "https://api.example/v1", ApiKey = Secret, ApiKeys = [new TenantKeyOptions { Tenant = "mercy", Key = Secret }] }.ToString().ShouldBe("provider openai https://api.example/v1");

    private static bool IsRecord(Type type) =>
        type is { IsAbstract: false, ContainsGenericParameters: false } && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static IEnumerable<PropertyInfo> SecretsOf(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(p => p.PropertyType == typeof(string) && (Secrets().IsMatch(p.Name) || (type == typeof(TenantKeyOptions) && p.Name == "Key")));

    [GeneratedRegex("(Token|Assertion|Secret|Credential|Password|PrivateKey|ApiKey)$")]
    private static partial Regex Secrets();
}
