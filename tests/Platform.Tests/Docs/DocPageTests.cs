namespace GatewayStack.Platform.Tests.Docs;

public class DocPageTests
{
    private const string Text = """
        # Page
        | a | b |
        |---|---|
        | `x` | one \| `two` |
        not a table
        ## Below
        ```yaml
        # not a heading
        ```
        | c |
        |---|
        | y |

        <!-- snippet: s -->

        ```csharp
        var a = 1;

        var b = 2;
        ```
        """;

    [Fact]
    public void Tables_are_read_row_by_row()
    {
        var rows = DocPage.Parse(Text).Rows().ToList();
        rows.Select(r => (r.Heading, r.Code(0))).ShouldBe([("Page", "x"), ("Below", "y")]);
        rows[0].Codes(1).ShouldBe(["two"]);
        DocPage.Parse(Text).Rows(h => h == "Below").Count().ShouldBe(1);
    }

    [Fact]
    public void Blocks_are_read_with_what_stands_before_them() =>
        DocPage.Parse(Text).Blocks().Skip(1).ShouldBe([new DocBlock("csharp", "<!-- snippet: s -->", "var a = 1;\n\nvar b = 2;")]);
}
