using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Identity.Tests.Support;

public static class TestClock
{
    /// <summary>When the recorded Keycloak tokens were fresh.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 5, 16, 0, TimeSpan.Zero);

    public static FakeTimeProvider Create() => new(Start);
}
