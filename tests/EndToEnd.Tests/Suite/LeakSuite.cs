using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>What callers trust the gateway with is neither in its output nor in its files.</summary>
public abstract class LeakSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task Prompts_tokens_keys_and_names_are_nowhere_in_the_clear()
    {
        var prompt = Marker();
        var answer = Marker();
        var caller = Caller.New() with { Subject = "subject-" + Marker() };
        var token = Token(caller);
        var answered = await Front.ChatAsync(token, "gpt-4o-mini", prompt, body => body["x_demo"] = new JsonObject { ["answer"] = answer });
        answered.ShouldBeStatus(200).Text.ShouldBe(answer);
        (await Front.ChatAsync(token, "gpt-4-medical", prompt)).ShouldBeStatus(403);
        (await Front.ChatAsync(token, "{\"model\":\"" + prompt)).ShouldBeStatus(400);
        (await Front.ChatAsync("broken." + prompt + ".token", "gpt-4o-mini", "hello")).ShouldBeStatus(401);
        (await Front.ChatAsync(token, "gpt-4o-mini", prompt, body => body["x_demo"] = new JsonObject { ["break_after"] = 3 })).ShouldBeStatus(502);
        (await Front.GetAsync("/backends/calendar/events/evt-1", await TokenAsync("alice"))).ShouldBeStatus(200);
        var read = await Eventually.GetAsync(() => Audit.QueryAsync(AuditorToken(), "user=" + caller.Subject), found => found.Count >= 6);
        read.ShouldNotBeEmpty();

        string[] secrets = [prompt, answer, token, token.Split('.')[2], "demo-cloud-key", "demo-onprem-key"];
        string[] personal = [caller.Subject, "Dr. Alice Smith", "demo-alice"];
        foreach (var secret in secrets.Concat(personal))
        {
            Gateway.Output.ShouldNotContain(secret);
        }

        Gateway.Output.ShouldNotContain("   at GatewayStack");
        foreach (var (file, text) in Files())
        {
            // The demo's issuer keeps its people's subjects, as an issuer does.
            foreach (var secret in IsOfTheIssuer(file) ? secrets : secrets.Concat(personal))
            {
                text.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"{secret} in {file}");
            }
        }
    }

    [Fact]
    public void Its_files_are_its_own()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes.");
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Gateway.DataPath, "data")))
        {
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        }
    }

    private static bool IsOfTheIssuer(string file) => Path.GetFileName(Path.GetDirectoryName(file)) == "demo";

    /// <summary>Every file below the data folder, as bytes that are text one by one.</summary>
    private IEnumerable<(string File, string Text)> Files()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Gateway.DataPath, "data"), "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file) == "lock")
            {
                // Held by the gateway for itself; it has no content.
                continue;
            }

            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            yield return (file, reader.ReadToEnd());
        }
    }
}
