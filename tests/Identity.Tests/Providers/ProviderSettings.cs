using System.Text.Json.Nodes;
using GatewayStack.Identity.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Identity.Tests.Providers;

/// <summary>Settings as the samples have them, and tokens as providers write them.</summary>
internal static class ProviderSettings
{
    public static IConfigurationRoot Read(string sample) => new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "Samples", sample + ".json")).Build();

    /// <summary>The sample's settings of Identity, with keys that a test can sign with.</summary>
    public static IdentityOptions Read(string sample, TestIssuer keys)
    {
        var options = Read(sample).GetSection("Identity").Get<IdentityOptions>()!;
        return options with { Issuers = [.. options.Issuers.Select(issuer => issuer with { JwksUri = keys.Url + "/jwks" })] };
    }

    /// <summary>Signs a payload, with the times that every provider sets.</summary>
    public static string Sign(TestIssuer keys, string payload, string? type)
    {
        var claims = JsonNode.Parse(payload)!.AsObject();
        claims["iat"] = TestClock.Start.ToUnixTimeSeconds();
        claims["exp"] = TestClock.Start.ToUnixTimeSeconds() + 3600;
        var token = new TokenBuilder(keys.Key).RawPayload(_ => claims.ToJsonString());
        return (type is null ? token.WithoutHeader("typ") : token.Header("typ", type)).Build();
    }
}
