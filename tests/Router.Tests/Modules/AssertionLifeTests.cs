using GatewayStack.Router.Modules;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Modules;

public class AssertionLifeTests
{
    [Fact]
    public void Reads_the_end()
    {
        var end = DateTimeOffset.FromUnixTimeSeconds(1_785_600_000);
        AssertionLife.EndOf(IdentityDouble.Internal("alice", end)).ShouldBe(end);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("internal/alice")]
    [InlineData("a.b")]
    [InlineData("a.!!.c")]
    [InlineData("a.bm9qc29u.c")]
    [InlineData("a.W10.c")]
    [InlineData("a.e30.c")]
    [InlineData("a.eyJleHAiOiIxIn0.c")]
    [InlineData("a.eyJleHAiOjEuNX0.c")]
    [InlineData("a.eyJleHAiOi0xfQ.c")]
    [InlineData("a.eyJleHAiOjk5OTk5OTk5OTk5OTk5OX0.c")]
    public void Without_one_there_is_none(string? assertion) => AssertionLife.EndOf(assertion).ShouldBeNull();
}
