using GatewayStack.AppHost.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>Stacks run one after another: each of them has a machine's worth of processes.</summary>
[CollectionDefinition(nameof(Stacks), DisableParallelization = true)]
public sealed class Stacks;

/// <summary>What a test needs of this machine: skipped without it, or failed where CI=true.</summary>
internal static class StackTools
{
    public static void RequireInstalled()
    {
        var missing = new Tools(new ConfigurationBuilder().AddEnvironmentVariables().Build()).FindMissing();
        if (!missing.IsEmpty)
        {
            Missing(string.Join("; ", missing));
        }
    }

    public static string RequireChromium()
    {
        var found = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        if (found is null)
        {
            Missing("chromium (Debian: apt-get install chromium)");
        }

        return found ?? string.Empty;
    }

    private static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail("Missing: " + what);
        }

        Assert.Skip("Missing: " + what);
    }
}
