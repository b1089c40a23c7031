using GatewayStack.Audit.Queries;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GatewayStack.Audit.Tests.Queries;

public sealed class UnknownParameterTests
{
    [Theory]
    [InlineData("modle", "'modle'")]
    [InlineData("a\u001b[31m\r\nb\u202e\u200b\ud800c", "'a[31mbc'")]
    [InlineData("1234567890123456789012345678901234567890and-more", "'1234567890123456789012345678901234567890'")]
    [InlineData("123456789012345678901234567890123456789\U0001F600", "'123456789012345678901234567890123456789'")]
    public void A_parameter_that_is_not_known_is_named_in_so_far_as_it_can_be_shown(string name, string quoted)
    {
        var problem = AuditQueryParser.TryParse(Of(name), "t", out _).ShouldNotBeNull();
        problem.ShouldStartWith($"There is a parameter that is not known: {quoted}. Use: user, ");
        problem.ShouldNotContain("value-of-it");
    }

    [Fact]
    public void A_known_one_is_taken() => AuditQueryParser.TryParse(Of("model"), "t", out _).ShouldBeNull();

    private static QueryCollection Of(string name) => new(new Dictionary<string, StringValues>(StringComparer.Ordinal) { [name] = "value-of-it" });
}
