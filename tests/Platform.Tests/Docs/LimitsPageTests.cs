using System.Text;
using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Platform.Tests.Architecture;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>Every document in <c>docs/limits.md</c> and every sample comes into force.</summary>
public class LimitsPageTests
{
    private static DocPage Page { get; } = DocPage.Read("docs/limits.md");

    public static TheoryData<string> Documents => [.. Page.Blocks().Where(b => b.Language == "yaml").Select(b => b.Text)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_on_the_page_is_good(string document)
    {
        var text = Encoding.UTF8.GetBytes(document);
        var errors = document.Contains(LimitsFormat.ApiVersion, StringComparison.Ordinal)
            ? DocumentLoader.Compile(new LimitsFormat(), text).Errors
            : DocumentLoader.Compile(new PricesFormat(), text).Errors;
        errors.ShouldBeEmpty();
    }

    [Fact]
    public void Both_kinds_of_documents_are_shown()
    {
        foreach (var kind in (string[])[LimitsFormat.ApiVersion, PricesFormat.ApiVersion])
        {
            Page.Blocks().ShouldContain(b => b.Language == "yaml" && b.Text.Contains(kind, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_samples_are_good()
    {
        DocumentLoader.Load(new LimitsFormat(), Sample("limits.yaml")).Errors.ShouldBeEmpty();
        DocumentLoader.Load(new PricesFormat(), Sample("prices.yaml")).Errors.ShouldBeEmpty();
    }

    private static DocumentSource Sample(string name) => DocumentSource.From(Repository.PathOf("docs/samples/" + name), string.Empty);
}
