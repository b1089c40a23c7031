using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(GatewayStack.EndToEnd.Tests.SignIn.Browsing.Browser))]

namespace GatewayStack.EndToEnd.Tests.SignIn.Browsing;

/// <summary>One headless chromium for all tests, started by the first that needs it. It reaches this machine and nothing else.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Chromium)>> _started = new(StartAsync);

    /// <summary>Skips the test where there is no chromium, unless nothing may be skipped.</summary>
    public static void Require()
    {
        if (Executable is null)
        {
            const string Missing = "Chromium is not installed (Debian: apt-get install chromium).";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", Missing);
            Assert.Fail(Missing);
        }
    }

    private static string? Executable => Places.FirstOrDefault(File.Exists);

    /// <summary>A browser as one person has it: their cookies, and nobody else's.</summary>
    public async Task<BrowserSession> OpenAsync(IIssuerPages pages, BrowserNewContextOptions? options = null) =>
        new(await (await _started.Value).Chromium.NewContextAsync(options), pages);

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated)
        {
            var (driver, chromium) = await _started.Value;
            await chromium.DisposeAsync();
            driver.Dispose();
        }
    }

    private static async Task<(IPlaywright Driver, IBrowser Chromium)> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        var chromium = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"],
        });
        return (driver, chromium);
    }
}
