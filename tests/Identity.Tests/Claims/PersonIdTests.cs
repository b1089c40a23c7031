using FsCheck.Xunit;
using GatewayStack.Identity.Claims;

namespace GatewayStack.Identity.Tests.Claims;

/// <summary>Ledgers and audits are keyed by these values: they must never change.</summary>
public sealed class PersonIdTests
{
    [Theory]
    [InlineData("http://127.0.0.1:38080/realms/gatewaystack", "98edf99a-adcd-49bb-a049-da4c7915650d", "20u5kw91vf_5eNKT4uCJNZE3AnqC0vV8r89jj399VsU")]
    [InlineData("https://idp.example/", "alice", "v5MNZES_f_SVRDgb9t5r5xZW5MTHfgvXo3whP1V3P94")]
    [InlineData("https://idp.example", "/alice", "YBP3IhlXEaV-mzmP0ZYVYIzuD4NvGRQOKcQx-PP0GgE")]
    [InlineData("https://idp.example/", "zoë", "njd9IMaTWK160SpOounwfXcFdZNd244DMLNzkZwlXc0")]
    public void It_is_frozen(string issuer, string subject, string personId) => PersonId.Of(issuer, subject).ShouldBe(personId);

    [Property]
    public bool No_way_to_cut_issuer_and_subject_gives_the_same_person(string text, byte first, byte second)
    {
        if (text is null || text.Any(char.IsSurrogate))
        {
            return true;
        }

        var (one, other) = (first % (text.Length + 1), second % (text.Length + 1));
        return one == other || PersonId.Of(text[..one], text[one..]) != PersonId.Of(text[..other], text[other..]);
    }
}
