using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.AppHost.Tests.Model;

/// <summary>What would be started as containers, and what every service would be told. No engine is needed to say so.</summary>
public sealed class ContainersModelTests
{
    [Fact]
    public async Task Servers_are_images_with_volumes_and_one_port_each()
    {
        await using var model = await StackModel.CreateAsync();
        Image(model, Resources.Redis).ShouldBe("docker.io/library/redis:8.6");
        Image(model, Resources.Postgres).ShouldBe("docker.io/library/postgres:18.3");
        Image(model, Resources.Kafka).ShouldBe("apache/kafka:4.3.0");
        foreach (var (server, port, folder) in new[]
        {
            (Resources.Redis, 6379, "/data"),
            (Resources.Postgres, 5432, "/var/lib/postgresql"),
            (Resources.Kafka, 9092, "/var/lib/kafka/data"),
        })
        {
            var volume = model[server].Annotations.OfType<ContainerMountAnnotation>().ShouldHaveSingleItem();
            (volume.Type, volume.Source).ShouldBe((ContainerMountType.Volume, "gatewaystack-" + server));
            volume.Target.ShouldStartWith(folder);
            model[server].Annotations.OfType<EndpointAnnotation>().Where(e => e.TargetPort == port).ShouldHaveSingleItem();
            model[server].Annotations.OfType<HealthCheckAnnotation>().ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Every_owner_is_given_its_own_stores_and_no_others()
    {
        await using var model = await StackModel.CreateAsync();
        var expected = new Dictionary<string, string[]>
        {
            [Resources.Identity] = ["identitydb", "identitydb-migrations", "kafka"],
            [Resources.Transform] = [],
            [Resources.Policy] = ["kafka", "policydb", "policydb-migrations"],
            [Resources.Limits] = ["kafka", "limitsdb", "limitsdb-migrations", "redis"],
            [Resources.Audit] = ["auditdb", "auditdb-migrations", "kafka"],
            [Resources.Router] = ["kafka"],
            [Resources.Demo] = [],
        };
        foreach (var (service, connections) in expected)
        {
            var given = (await model.EnvironmentAsync(service)).Keys.Where(k => k.StartsWith("ConnectionStrings__", StringComparison.Ordinal));
            string.Join(' ', given.Select(k => k["ConnectionStrings__".Length..]).Order(StringComparer.Ordinal)).ShouldBe(string.Join(' ', connections), service);
        }

        var limits = await model.EnvironmentAsync(Resources.Limits);
        limits["ConnectionStrings__limitsdb"].ShouldContain("Username=limits_runtime;");
        limits["ConnectionStrings__limitsdb-migrations"].ShouldContain("Username=limits_owner;");
        limits["ConnectionStrings__limitsdb"].ShouldEndWith(";Database=limitsdb");
        limits["ConnectionStrings__redis"].ShouldContain("password=");
    }

    [Fact]
    public async Task Two_instances_are_two_resources_with_data_of_their_own_and_callers_know_both()
    {
        await using var model = await StackModel.CreateAsync("--Instances:policy=2", "--Instances:identity=2");
        var router = await model.EnvironmentAsync(Resources.Router);
        router.ShouldContainKey("services__policy__grpc__1");
        router.ShouldContainKey("services__policy__http__1");
        router.ShouldNotContainKey("services__limits__grpc__1");
        var (first, second) = (await model.EnvironmentAsync("policy"), await model.EnvironmentAsync("policy-2"));
        first["Service__Credential"].ShouldBe(second["Service__Credential"]);
        first["Data__Path"].ShouldNotBe(second["Data__Path"]);
        second.ShouldContainKey("services__identity__grpc__1");
        second["ConnectionStrings__policydb"].ShouldBe(first["ConnectionStrings__policydb"]);
    }

    [Fact]
    public async Task Only_who_may_call_is_known_to_the_called_by_a_secret_of_its_own()
    {
        await using var model = await StackModel.CreateAsync();
        var expected = new Dictionary<string, string[]>
        {
            [Resources.Identity] = ["audit", "limits", "policy", "router", "transform"],
            [Resources.Transform] = ["router"],
            [Resources.Policy] = ["router"],
            [Resources.Limits] = ["router"],
            [Resources.Audit] = ["identity", "limits", "policy", "router"],
            [Resources.Router] = [],
        };
        var credentials = new Dictionary<string, string>();
        foreach (var service in expected.Keys)
        {
            credentials[service] = (await model.EnvironmentAsync(service))["Service__Credential"];
        }

        credentials.Values.Distinct().Count().ShouldBe(expected.Count);
        foreach (var (service, callers) in expected)
        {
            var known = (await model.EnvironmentAsync(service)).Where(v => v.Key.StartsWith("Service__Callers__", StringComparison.Ordinal)).ToList();
            string.Join(' ', known.Select(v => v.Key["Service__Callers__".Length..]).Order(StringComparer.Ordinal)).ShouldBe(string.Join(' ', callers), service);
            known.ShouldAllBe(v => v.Value == Digest(credentials[v.Key.Substring("Service__Callers__".Length)]));
        }
    }

    [Fact]
    public async Task Provider_keys_reach_the_Router_alone()
    {
        const string Key = "sk-a-key-of-a-test";
        await using var model = await StackModel.CreateAsync("--OPENAI_API_KEY=" + Key, "--Router:Providers:cloud:ApiKey=" + Key);
        var knowing = new List<string>();
        foreach (var resource in model.Resources.OfType<IResourceWithEnvironment>())
        {
            if ((await model.EnvironmentAsync(resource.Name)).Values.Any(v => v.Contains(Key, StringComparison.Ordinal)))
            {
                knowing.Add(resource.Name);
            }
        }

        knowing.ShouldBe([Resources.Router]);
        (await model.EnvironmentAsync(Resources.Router))["OPENAI_API_KEY"].ShouldBe(Key);
    }

    [Fact]
    public async Task What_looks_like_a_secret_in_the_AppHosts_environment_is_blank_everywhere()
    {
        const string Name = "GATEWAYSTACK_TEST_A_SECRET";
        Environment.SetEnvironmentVariable(Name, "a value that nobody needs");
        try
        {
            await using var model = await StackModel.CreateAsync();
            foreach (var resource in model.Resources.OfType<IResourceWithEnvironment>())
            {
                (await model.EnvironmentAsync(resource.Name))[Name].ShouldBeEmpty(resource.Name);
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    [Fact]
    public async Task Prompts_stay_out_of_the_telemetry()
    {
        await using var model = await StackModel.CreateAsync();
        foreach (var project in model.Resources.OfType<ProjectResource>())
        {
            (await model.EnvironmentAsync(project.Name))["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"].ShouldBe("false");
        }
    }

    [Fact]
    public async Task Keycloak_comes_with_its_realms_where_it_is_asked_for()
    {
        var realms = Directory.CreateTempSubdirectory("gatewaystack-realms-");
        try
        {
            await using var model = await StackModel.CreateAsync("--Keycloak=true", "--Keycloak:Realms=" + realms.FullName);
            Image(model, Resources.Keycloak).ShouldBe("quay.io/keycloak/keycloak:26.5.0");
            var mount = model[Resources.Keycloak].Annotations.OfType<ContainerMountAnnotation>().ShouldHaveSingleItem();
            (mount.Source, mount.Target, mount.IsReadOnly).ShouldBe((realms.FullName, "/opt/keycloak/data/import", true));
        }
        finally
        {
            realms.Delete();
        }

        await using var without = await StackModel.CreateAsync();
        without.Resources.ShouldNotContain(r => r.Name == Resources.Keycloak);
    }

    [Fact]
    public async Task Every_host_has_health_a_link_and_commands_where_there_are_some()
    {
        await using var model = await StackModel.CreateAsync();
        foreach (var project in model.Resources.OfType<ProjectResource>())
        {
            project.Annotations.OfType<HealthCheckAnnotation>().ShouldNotBeEmpty(project.Name);
        }

        Commands(model, Resources.Demo).ShouldContain("demo-token");
        Commands(model, Resources.Limits).ShouldContain("pause-consumer");
        Commands(model, Resources.Audit).ShouldContain("resume-consumer");
        Commands(model, Resources.Policy).ShouldNotContain("pause-consumer");
    }

    private static IEnumerable<string> Commands(StackModel model, string resource) => model[resource].Annotations.OfType<ResourceCommandAnnotation>().Select(c => c.Name);

    private static string Image(StackModel model, string resource)
    {
        var image = model[resource].Annotations.OfType<ContainerImageAnnotation>().Last();
        return $"{(image.Registry is null ? string.Empty : image.Registry + "/")}{image.Image}:{image.Tag}";
    }

    private static string Digest(string secret) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The model of one stack, built and never started.</summary>
    private sealed class StackModel(IDistributedApplicationTestingBuilder builder, DirectoryInfo data) : IAsyncDisposable
    {
        public IResourceCollection Resources => builder.Resources;

        public IResource this[string name] => builder.Resources.Single(r => r.Name == name);

        public static async Task<StackModel> CreateAsync(params string[] arguments)
        {
            var cancel = TestContext.Current.CancellationToken;
            var data = Directory.CreateTempSubdirectory("gatewaystack-model-");
            var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.GatewayStack_AppHost>(
                ["--operation=publish", "--publisher=manifest", $"--output-path={data.FullName}/manifest.json", $"--Infrastructure:Data={data.FullName}/stack", .. arguments], cancel);
            return new StackModel(builder, data);
        }

        public async Task<Dictionary<string, string>> EnvironmentAsync(string name)
        {
            var configuration = await ExecutionConfigurationBuilder.Create(this[name]).WithEnvironmentVariablesConfig()
                .BuildAsync(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), NullLogger.Instance, TestContext.Current.CancellationToken);
            return configuration.EnvironmentVariables.ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
        }

        public async ValueTask DisposeAsync()
        {
            await builder.DisposeAsync();
            data.Delete(recursive: true);
        }
    }
}
