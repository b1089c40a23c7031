using System.Text.RegularExpressions;
using GatewayStack.Platform.Tests.Docs;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>Variables of a container, as the settings they set.</summary>
internal static partial class Settings
{
    // Read by the runtime and the host, not by the gateway.
    private static readonly string[] Platform = ["ASPNETCORE_ENVIRONMENT", "DOTNET_EnableDiagnostics"];

    private static readonly Regex[] Known =
    [
        .. DocPage.Read("docs/reference/configuration.md").Rows()
            .Select(r => new Regex($"^{Index().Replace(Name().Replace(Regex.Escape(r.Code(0)), "[A-Za-z0-9-]+"), ":[0-9]+")}$", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1))),
    ];

    /// <summary>The setting that a variable sets.</summary>
    public static string Of(string variable) => variable == "ASPNETCORE_URLS" ? "urls" : variable.Replace("__", ":", StringComparison.Ordinal);

    /// <summary>Those variables that set nothing that there is.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> variables) =>
        variables.Where(v => !Platform.Contains(v, StringComparer.Ordinal) && !Known.Any(k => k.IsMatch(Of(v))));

    [GeneratedRegex(@"\\\{\w+}")]
    private static partial Regex Name();

    [GeneratedRegex(":N(?=:|$)")]
    private static partial Regex Index();
}
