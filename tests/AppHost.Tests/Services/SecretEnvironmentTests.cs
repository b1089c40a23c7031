using GatewayStack.AppHost.Services;

namespace GatewayStack.AppHost.Tests.Services;

public sealed class SecretEnvironmentTests
{
    [Theory]
    [InlineData("OPENAI_API_KEY", true)]
    [InlineData("Router__Providers__openai__ApiKey", true)]
    [InlineData("ANTHROPIC_AUTH_TOKEN", true)]
    [InlineData("pgpassword", true)]
    [InlineData("ConnectionStrings__redis", true)]
    [InlineData("AWS_SECRET_ACCESS_KEY", true)]
    [InlineData("Router__Backends__x__CallerCredential", true)]
    [InlineData("PATH", false)]
    [InlineData("KAFKA_HOME", false)]
    [InlineData("DOTNET_ENVIRONMENT", false)]
    public void Secrets_are_known_by_name(string name, bool secret) => SecretEnvironment.IsSecret(name).ShouldBe(secret);
}
