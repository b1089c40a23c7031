using System.Reflection;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Security;
using Google.Protobuf.Reflection;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>The table of who may call what, against everything that can be called.</summary>
public sealed class CallTableTests
{
    private static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. from type in typeof(CallTable).Assembly.GetTypes()
           where type.Name.EndsWith("Reflection", StringComparison.Ordinal) && type.Namespace?.EndsWith(".V1", StringComparison.Ordinal) == true
           let file = (FileDescriptor)type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!
           from service in file.Services
           from method in service.Methods
           select method,
    ];

    private static IEnumerable<FrontDoorRoute> Routes => FrontDoorRoutes.All.Where(r => r.Module is not ("router" or "demo"));

    [Fact]
    public void Every_method_and_every_route_of_a_module_has_a_row()
    {
        Methods.Count.ShouldBeGreaterThan(10);
        Methods.Select(NameOf).Except(CallTable.Rows.Select(r => r.Call), StringComparer.Ordinal).ShouldBeEmpty();
        Routes.Where(r => CallTable.Find(r.Module, r.Name) is null).Select(r => r.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Every_row_is_about_something_that_exists() =>
        CallTable.Rows.Select(r => r.Call).Except(Methods.Select(NameOf).Concat(Routes.Select(r => r.Name)), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Callers_are_services_and_nobody_calls_itself()
    {
        CallTable.Rows.ShouldAllBe(r => r.Callers.Length > 0);
        CallTable.Rows.ShouldAllBe(r => r.Callers.All(c => CallTable.Services.Contains(c)));
        CallTable.Rows.ShouldAllBe(r => !r.Callers.Contains(r.Module));
    }

    /// <summary>What is not made for a person is listed here, so that a new method is for one unless somebody says otherwise in two places.</summary>
    [Fact]
    public void Only_these_calls_are_made_for_nobody() =>
        CallTable.Rows.Where(r => r.Person == PersonProof.None).Select(r => r.Call[(r.Call.LastIndexOf('/') + 1)..]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .ShouldBe(["Append", "Authenticate", "Describe", "DescribeTools", "ExchangeToken", "Find", "GetCurrent", "MintAssertion", "Watch", "identity.backchannel_logout", "identity.jwks", "identity.resource_metadata"]);

    [Fact]
    public void What_is_made_for_a_person_says_for_whom()
    {
        var binding = new MessageBinding();
        var made = from row in CallTable.Rows
                   where row.Person != PersonProof.None
                   from method in Methods
                   where NameOf(method) == row.Call
                   select method;
        made.ToList().Count.ShouldBeGreaterThan(5);
        made.Where(m => !binding.Concerns(m.InputType)).Select(NameOf).ShouldBeEmpty();
    }

    [Fact]
    public void Keys_are_asked_for_by_purpose()
    {
        var asked = CallTable.Rows.Where(r => r.Purposes is not null).ToList();
        asked.Select(r => r.Call).ShouldBe(["/gatewaystack.keys.v1.DataKeys/GetCurrent", "/gatewaystack.keys.v1.DataKeys/Find"]);
        asked.ShouldAllBe(r => r.Callers.All(c => r.Purposes!.ContainsKey(c)));
        Methods.Where(m => m.Service.Name == "DataKeys").ShouldAllBe(m => m.InputType.FindFieldByName("purpose") != null);
    }

    [Fact]
    public void Only_the_front_door_gets_the_keys_of_sessions() =>
        CallTable.Rows.Where(r => r.Purposes is not null).SelectMany(r => r.Purposes!).Where(p => p.Value.Contains(DataKeyPurposes.McpSession)).Select(p => p.Key).Distinct().ShouldBe(["router"]);

    [Fact]
    public void Only_transform_gets_the_keys_of_texts_and_no_others() =>
        CallTable.Services.Where(s => CallTable.PurposesOf(s).Contains(DataKeyPurposes.ContentToken)).Select(s => (s, CallTable.PurposesOf(s).Length)).ShouldBe([("transform", 1)]);

    [Fact]
    public void A_route_asks_for_the_scope_that_the_front_door_asks_for() =>
        Routes.ShouldAllBe(r => CallTable.Find(r.Module, r.Name)!.Scope == r.Scope);

    private static string NameOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";
}
