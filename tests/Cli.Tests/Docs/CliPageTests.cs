using System.CommandLine;
using System.Text.RegularExpressions;

namespace GatewayStack.Cli.Tests.Docs;

/// <summary><c>docs/reference/cli.md</c> names every command and option that there is, and none that there is not.</summary>
public partial class CliPageTests
{
    private static readonly string[] Everywhere = ["--help", "-h", "-?", "/h", "/?", "--version"];

    private static string Page { get; } = File.ReadAllText(Path.Combine(Built.Repository, "docs", "reference", "cli.md"));

    private static IReadOnlyList<(string Name, Command Command)> Commands { get; } = [.. Walk(string.Empty, CommandLine.Create(new Terminal(Stream.Null, Stream.Null, TextWriter.Null), new UserSetting()))];

    [Fact]
    public void Every_command_is_on_the_page() =>
        Commands.Where(c => c.Command.Subcommands.Count == 0 || c.Command.Action is not null).Select(c => c.Name).Where(name => !Regex.IsMatch(Page, $"`(gatewaystack )?{name}\\b")).ShouldBeEmpty();

    [Fact]
    public void Every_option_is_on_the_page() =>
        Commands.SelectMany(c => c.Command.Options.Select(o => o.Name)).Except(Everywhere).Distinct().Where(o => !Page.Contains(o, StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_option_on_the_page_is_one() =>
        Option().Matches(Page).Select(m => m.Value).Distinct().Except(Commands.SelectMany(c => c.Command.Options.Select(o => o.Name))).Except(["--project", "--help"]).ShouldBeEmpty();

    [Fact]
    public void Every_command_and_option_says_what_it_is_for()
    {
        Commands.Where(c => c.Command.Description is not { Length: > 10 }).Select(c => c.Name).ShouldBeEmpty();
        Commands.SelectMany(c => c.Command.Options.Where(o => o.Description is not { Length: > 5 }).Select(o => $"{c.Name} {o.Name}")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_exit_code_is_on_the_page() =>
        typeof(ExitCodes).GetFields().Select(f => f.GetRawConstantValue()).Where(code => !Page.Contains($"| `{code}` |", StringComparison.Ordinal)).ShouldBeEmpty();

    private static IEnumerable<(string Name, Command Command)> Walk(string prefix, Command command) =>
        command.Subcommands.SelectMany(sub => Walk((prefix + " " + sub.Name).TrimStart(), sub).Prepend(((prefix + " " + sub.Name).TrimStart(), sub)));

    [GeneratedRegex("(?<![\\w-])--[a-z][a-z0-9-]*")]
    private static partial Regex Option();
}
