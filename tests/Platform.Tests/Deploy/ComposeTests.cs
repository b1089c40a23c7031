using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.Platform.Tests.Docs;
using GatewayStack.Platform.Tests.Hosts;
using GatewayStack.Router.Routing;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>The composition names what the services have, and its secrets are all made.</summary>
public sealed partial class ComposeTests
{
    private const string Waiting = "Waiting for identity";

    private static Composition Read { get; } = Composition.Read();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void It_has_the_six_services_and_their_servers()
    {
        Read.Gateway.Select(s => s.Key).Order(StringComparer.Ordinal).ShouldBe(Calls.Services);
        Read.Services.Keys.Except(Calls.Services, StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(["kafka", "postgres", "redis"]);
        foreach (var (name, service) in Read.Gateway)
        {
            service.Image.ShouldBe("gatewaystack/" + name + Read.Services["router"].Image["gatewaystack/router".Length..]);
            service.Build!.Args.ShouldBe(new Dictionary<string, string> { ["SERVICE"] = Images.ServiceOf(name) });
            Path.Exists(Path.Combine(Repository.PathOf(Composition.Folder), service.Build.Context, service.Build.Dockerfile)).ShouldBeTrue();
        }

        Read.Services.Where(s => s.Value.Build is null).ShouldAllBe(s => PinnedTag().IsMatch(s.Value.Image));
    }

    // What the AppHost starts as containers is held to these texts by its own tests.
    [Fact]
    public void Servers_are_the_images_that_the_AppHost_starts()
    {
        var tests = File.ReadAllText(Repository.PathOf("tests/AppHost.Tests/Model/ContainersModelTests.cs"));
        foreach (var (name, server) in Read.Services.Where(s => s.Value.Build is null))
        {
            AppHostImages().Matches(tests).Select(m => m.Groups["image"].Value).Contains(server.Image, StringComparer.Ordinal).ShouldBeTrue(name);
        }
    }

    [Fact]
    public void Variables_are_settings()
    {
        foreach (var (name, service) in Read.Gateway)
        {
            Settings.Unknown(service.Environment.Keys).ShouldBeEmpty(name);
            service.EnvFile.Single()["path"].ShouldBe("gatewaystack.env");
        }

        var suggested = File.ReadAllLines(Repository.PathOf(Composition.Folder + "/gatewaystack.env"))
            .Select(l => l.TrimStart('#', ' ')).Where(l => l.Contains('=', StringComparison.Ordinal)).Select(l => l.Split('=')[0]);
        Settings.Unknown(suggested).ShouldBeEmpty();
    }

    [Fact]
    public void Each_knows_those_it_calls_and_those_who_may_call_it_and_no_others()
    {
        foreach (var (name, service) in Read.Gateway)
        {
            Calls.AddressesIn(service.Environment.Keys).ShouldBe(Calls.AddressesOf(name), name);
            Calls.CallersIn(service.Environment.Keys).ShouldBe(Calls.CallersOf(name), name);
            foreach (var (key, value) in service.Environment)
            {
                switch (key.Split("__"))
                {
                    case ["services", var module, var kind, "0"]:
                        value.ShouldBe($"http://{module}:{(kind == "grpc" ? 8081 : 8080)}", name);
                        Read.Services[module].Environment[$"Kestrel__Endpoints__{kind}__Url"].ShouldBe($"http://0.0.0.0:{new Uri(value).Port}", name);
                        break;
                    case ["Service", "Callers", var caller]:
                        value.ShouldBe($"${{{caller.ToUpperInvariant()}_DIGEST}}", name);
                        break;
                    case ["Service", "Credential"]:
                        value.ShouldStartWith($"${{{name.ToUpperInvariant()}_CREDENTIAL", customMessage: name);
                        break;
                }
            }
        }
    }

    [Fact]
    public void Each_owner_has_its_own_stores()
    {
        foreach (var (name, service) in Read.Gateway)
        {
            var expected = new List<string>();
            if (Calls.DatabaseOf(name) is { } database)
            {
                expected.AddRange([database, database + "-migrations"]);
                var role = database.ToUpperInvariant();
                service.Environment["ConnectionStrings__" + database].ShouldBe($"Host=postgres;Database={database};Username={database}_runtime;Password=${{{role}_RUNTIME}}");
                service.Environment[$"ConnectionStrings__{database}-migrations"].ShouldBe($"Host=postgres;Database={database};Username={database}_owner;Password=${{{role}_OWNER}}");
            }

            expected.AddRange(name == "transform" ? [] : ["kafka"]);
            expected.AddRange(name == "limits" ? ["redis"] : []);
            service.Environment.Keys.Where(k => k.StartsWith("ConnectionStrings__", StringComparison.Ordinal)).Select(k => k["ConnectionStrings__".Length..]).Order(StringComparer.Ordinal)
                .ShouldBe(expected.Order(StringComparer.Ordinal), name);
            service.Environment.ContainsKey("Keys__Master").ShouldBe(name == "identity", name);
            var servers = expected.Select(e => e.Contains("db", StringComparison.Ordinal) ? "postgres" : e).Distinct(StringComparer.Ordinal);
            service.DependsOn.Keys.Where(k => Read.Services[k].Build is null).Order(StringComparer.Ordinal).ShouldBe(servers.Order(StringComparer.Ordinal), name);
        }
    }

    [Fact]
    public void Nothing_but_the_front_door_listens_outside_and_that_on_this_machine_only()
    {
        Read.Services.Where(s => s.Key != "router").ShouldAllBe(s => s.Value.Ports.Count == 0);
        var router = Read.Services["router"];
        router.Ports.ShouldAllBe(p => p.StartsWith("127.0.0.1:", StringComparison.Ordinal));
        router.Ports.Select(p => int.Parse(p.Split(':')[2], System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe([new Uri(router.Environment["ASPNETCORE_URLS"]).Port, new Uri(router.Environment["Management__Url"]).Port]);
    }

    [Fact]
    public void Containers_may_do_nothing_that_they_need_not()
    {
        foreach (var (name, service) in Read.Gateway)
        {
            service.ReadOnly.ShouldBeTrue(name);
            service.CapDrop.ShouldBe(["ALL"], name);
            service.SecurityOpt.ShouldBe(["no-new-privileges:true"], name);
            service.Volumes.ShouldBe(["./documents:/etc/gatewaystack:ro", name + ":/var/lib/gatewaystack"], name);
            int.Parse(service.StopGracePeriod.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(new RouterOptions().DrainSeconds + 5, name);
        }

        Read.Services.SelectMany(s => s.Value.Volumes).Where(v => !v.StartsWith('.')).Select(v => v.Split(':')[0]).Order(StringComparer.Ordinal)
            .ShouldBe(Read.Volumes.Keys.Order(StringComparer.Ordinal));
        Images.Text.ShouldContain("ENV Data__Path=/var/lib/gatewaystack");
    }

    [Fact]
    public async Task Secrets_are_all_made_once_and_for_their_owner_only()
    {
        DocShell.Require();
        var folder = Directory.CreateTempSubdirectory("gatewaystack-compose-");
        try
        {
            File.Copy(Repository.PathOf(Composition.Folder + "/secrets.sh"), Path.Combine(folder.FullName, "secrets.sh"));
            (await RunAsync(folder)).ShouldBe(0);
            var file = Path.Combine(folder.FullName, ".env");
            var made = File.ReadAllLines(file).Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
            made.Keys.Order(StringComparer.Ordinal).ShouldBe(Composition.Variables().Order(StringComparer.Ordinal));
            made.Values.ShouldBeUnique();
            made.Values.ShouldAllBe(v => v.Length >= 32);
            foreach (var service in Read.Gateway.Select(s => s.Key.ToUpperInvariant()))
            {
                made[service + "_DIGEST"].ShouldBe(DigestOf(made[service + "_CREDENTIAL"]));
            }

            Convert.FromBase64String(made["KEYS_MASTER"]).Length.ShouldBe(32);
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            // One of a version before digests gets them, and nothing else is touched.
            var whole = await File.ReadAllLinesAsync(file, Cancel);
            var old = whole.Where(l => !l.Contains("_DIGEST=", StringComparison.Ordinal)).ToList();
            await File.WriteAllLinesAsync(file, old, Cancel);
            (await RunAsync(folder)).ShouldBe(0);
            var mended = await File.ReadAllLinesAsync(file, Cancel);
            mended.Take(old.Count).ShouldBe(old);
            mended.Order(StringComparer.Ordinal).ShouldBe(whole.Order(StringComparer.Ordinal));

            // The databases know the old ones.
            var before = await File.ReadAllTextAsync(file, Cancel);
            (await RunAsync(folder)).ShouldBe(1);
            (await File.ReadAllTextAsync(file, Cancel)).ShouldBe(before);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Hosts_take_what_it_gives_them()
    {
        var data = Directory.CreateTempSubdirectory("gatewaystack-compose-");
        try
        {
            await Task.WhenAll(Read.Gateway.Select(async s =>
            {
                var given = s.Value.Environment.Where(v => v.Key != "ASPNETCORE_ENVIRONMENT").Select(v => new KeyValuePair<string, string?>(Settings.Of(v.Key), HereOf(v.Value)));
                await using var host = HostProcess.Start(Images.ServiceOf(s.Key)[..^".Service".Length], given.Append(new("Data:Path", data.FullName)));
                var said = await SayAsync(host);

                // Nothing else is wrong than that there is no database, and that the others are away.
                said.ShouldNotContain("setting", customMessage: s.Key);
                (said.Contains("listens on", StringComparison.Ordinal) || said.Contains(Waiting, StringComparison.Ordinal)
                    || (Calls.DatabaseOf(s.Key) is { } database && said.Contains(database, StringComparison.Ordinal))).ShouldBeTrue(said);
            }));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    // Until it listens, waits for another, or ends: all of that comes after its settings were judged.
    private static async Task<string> SayAsync(HostProcess host)
    {
        var end = host.EndAsync();
        while (!end.IsCompleted && !host.Output.Contains("listens on", StringComparison.Ordinal) && !host.Output.Contains(Waiting, StringComparison.Ordinal))
        {
            await Task.Delay(50, Cancel);
        }

        return end.IsCompleted ? (await end).Error : host.Output;
    }

    // A value as the container has it, but on this machine, where none of the others is there.
    private static string HereOf(string value)
    {
        value = Host().Replace(Set().Replace(value, m => m.Groups["name"].Value switch
        {
            "PUBLIC_URL" => "http://127.0.0.1:8080",
            "KEYS_MASTER" => Convert.ToBase64String(new byte[32]),
            var name when name.EndsWith("_DIGEST", StringComparison.Ordinal) => DigestOf(name),
            var name => name + new string('x', 32),
        }), "127.0.0.1:1");
        return value.Replace("Host=postgres", "Host=127.0.0.1;Port=1", StringComparison.Ordinal).Replace("http://0.0.0.0:", "http://127.0.0.1:0#", StringComparison.Ordinal).Split('#')[0];
    }

    private static string DigestOf(string secret) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static async Task<int> RunAsync(DirectoryInfo folder)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(folder.FullName, "secrets.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        ((await output)[1].Length == 0).ShouldBe(process.ExitCode == 0);
        return process.ExitCode;
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)[^}]*\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Set();

    [GeneratedRegex(@"\b(identity|transform|policy|limits|audit|kafka|redis):[0-9]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Host();

    [GeneratedRegex(@"ShouldBe\(""(docker\.io/library/)?(?<image>[a-z/]+:[0-9.]+)""\)", RegexOptions.ExplicitCapture)]
    private static partial Regex AppHostImages();

    [GeneratedRegex(@"^[a-z/]+:\d+\.\d+(\.\d+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex PinnedTag();
}
