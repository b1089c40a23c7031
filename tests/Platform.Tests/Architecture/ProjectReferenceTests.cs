using GatewayStack.Contracts.Policy;

namespace GatewayStack.Platform.Tests.Architecture;

public class ProjectReferenceTests
{
    private static IEnumerable<string> Projects => Repository.Files(extension: ".csproj").Where(p => !p.StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void Projects_reference_what_the_design_allows()
    {
        var wrong = from project in Projects
                    let references = ProjectReferences.Of(File.ReadAllText(Repository.PathOf(project)))
                    from violation in ProjectReferences.Violations(Path.GetFileNameWithoutExtension(project), references)
                    select violation;
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_rule_is_about_a_project_that_exists() =>
        ProjectReferences.Ruled.Except(Projects.Select(p => Path.GetFileNameWithoutExtension(p)), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Contracts_need_nothing_but_the_base_library()
    {
        var references = typeof(IPolicyModule).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        references.ShouldAllBe(name => name.StartsWith("System.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GatewayStack.Contracts", "GatewayStack.Documents")]
    [InlineData("GatewayStack.Policy", "GatewayStack.Limits")]
    [InlineData("GatewayStack.Policy", "GatewayStack.Events")]
    [InlineData("GatewayStack.Router", "GatewayStack.Wire")]
    [InlineData("GatewayStack.Audit", "GatewayStack.Events.Kafka")]
    [InlineData("GatewayStack.Unheard", "GatewayStack.Contracts")]
    public void A_wrong_reference_is_found(string project, string reference) =>
        ProjectReferences.Violations(project, [reference]).ShouldNotBeEmpty();

    [Fact]
    public void References_are_read_in_both_spellings_of_a_path() =>
        ProjectReferences.Of("""<Project><ItemGroup><ProjectReference Include="..\A.B\A.B.csproj" /><ProjectReference Include="../C/C.csproj" /></ItemGroup></Project>""")
            .ShouldBe(["A.B", "C"]);
}
