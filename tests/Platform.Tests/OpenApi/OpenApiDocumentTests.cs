using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Router;
using GatewayStack.Platform.Tests.Architecture;
using Json.Schema;

namespace GatewayStack.Platform.Tests.OpenApi;

/// <summary>The checked-in OpenAPI documents have the routes of the table, and are sound in themselves.</summary>
public sealed partial class OpenApiDocumentTests
{
    // What a route of any method is documented with.
    private static readonly string[] Any = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public static TheoryData<string> Names => [.. OpenApiDocument.Names];

    [Fact]
    public void Documents_are_those_of_the_folder() =>
        Repository.Files("docs/openapi").ShouldBe(OpenApiDocument.Names.Select(n => $"docs/openapi/{n}.json").Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Operations_are_the_routes_of_the_table(string name)
    {
        var document = OpenApiDocument.Read(name);
        var expected = Routes(name).SelectMany(r => Methods(r).Select(m => $"{m} {PathOf(r)}")).Order(StringComparer.Ordinal);
        document.Operations.Select(o => $"{o.Method} {o.Path}").Order(StringComparer.Ordinal).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operation_has_its_routes_name_module_and_scope(string name)
    {
        var document = OpenApiDocument.Read(name);
        foreach (var route in Routes(name))
        {
            foreach (var operation in document.Operations.Where(o => o.Path == PathOf(route) && (route.Method == "*" || route.Method.Split(',').Contains(o.Method, StringComparer.Ordinal))))
            {
                (operation.Id == route.Name || operation.Id == $"{route.Name}.{operation.Method.ToLowerInvariant()}").ShouldBeTrue(operation.Id);
                operation.Json["tags"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe([route.Module], operation.Id);
                var alternatives = operation.Json["security"]!.AsArray().Select(s => s!.AsObject().Single()).ToList();
                alternatives.Select(a => a.Key).ShouldBe(route.Class switch { RouteClass.Public => [], RouteClass.Mcp => ["bearer"], _ => ["bearer", "apiKeyHeader", "xApiKeyHeader"] }, operation.Id);
                alternatives.ShouldAllBe(a => a.Value!.AsArray().Select(s => s!.GetValue<string>()).SequenceEqual(route.Scope == null ? Array.Empty<string>() : new[] { route.Scope }));
                if (route.Class != RouteClass.Public)
                {
                    operation.Json["responses"]!.AsObject().Select(r => r.Key).ShouldBeSubsetOf(["default", .. Statuses()], operation.Id);
                    foreach (var status in (string[])["401", "403", "503"])
                    {
                        operation.Json["responses"]![status].ShouldNotBeNull($"{operation.Id} {status}");
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_document_is_sound(string name)
    {
        var document = OpenApiDocument.Read(name);
        document.Root["openapi"]!.GetValue<string>().ShouldStartWith("3.1.");
        document.Root["info"]!["version"]!.GetValue<string>().ShouldBe(Version().Match(File.ReadAllText(Repository.PathOf("Directory.Build.props"))).Groups["version"].Value);
        document.Operations.GroupBy(o => o.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).ShouldBeEmpty();
        var referred = References(document.Root).ToHashSet(StringComparer.Ordinal);
        foreach (var reference in referred)
        {
            document.At(reference).ShouldNotBeNull();
        }

        foreach (var (kind, components) in document.Root["components"]!.AsObject().Where(c => c.Key != "securitySchemes"))
        {
            components!.AsObject().Select(c => $"#/components/{kind}/{c.Key}").Except(referred, StringComparer.Ordinal).ShouldBeEmpty("nothing refers to it");
        }

        var tags = document.Root["tags"]!.AsArray().Select(t => t!["name"]!.GetValue<string>()).ToList();
        tags.Order(StringComparer.Ordinal).ShouldBe(document.Operations.Select(o => o.Json["tags"]![0]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        foreach (var operation in document.Operations)
        {
            var item = document.Root["paths"]![operation.Path]!;
            var parameters = ((item["parameters"] as JsonArray) ?? []).Concat((operation.Json["parameters"] as JsonArray) ?? []).Select(p => document.Follow(p!)).ToList();
            parameters.Where(p => p["in"]!.GetValue<string>() == "path").Select(p => p["name"]!.GetValue<string>())
                .ShouldBe(Parameter().Matches(operation.Path).Select(m => m.Groups["name"].Value), operation.Id);
            parameters.Select(p => $"{p["in"]} {p["name"]}").ShouldBeUnique();
            operation.Json["summary"]!.GetValue<string>().ShouldEndWith(".", customMessage: operation.Id);
            operation.Json["responses"]!.AsObject().ShouldAllBe(r => document.Follow(r.Value!)["description"] != null);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schemas_are_JSON_Schema(string name)
    {
        foreach (var (key, schema) in OpenApiDocument.Read(name).Root["components"]!["schemas"]!.AsObject())
        {
            using var json = JsonDocument.Parse(schema!.ToJsonString());
            MetaSchemas.Draft202012.Evaluate(json.RootElement).IsValid.ShouldBeTrue(key);
        }
    }

    private static IEnumerable<FrontDoorRoute> Routes(string name) => FrontDoorRoutes.All.Where(r => r.Management == (name == "management"));

    private static string[] Methods(FrontDoorRoute route) => route.Method == "*" ? Any : route.Method.Split(',');

    private static string PathOf(FrontDoorRoute route) => route.Pattern.Replace("{**", "{", StringComparison.Ordinal);

    private static IEnumerable<string> Statuses() => Enumerable.Range(200, 400).Select(s => s.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(m => m.Key == "$ref" ? [m.Value!.GetValue<string>()] : References(m.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>", RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
