using GatewayStack.AppHost.Dashboard;
using GatewayStack.AppHost.Infrastructure;
using GatewayStack.AppHost.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.AppHost;

/// <summary>One stack: its data folder, its front door, its settings, and what is added to it.</summary>
internal sealed class Stack : IDisposable
{
    private readonly IDistributedApplicationBuilder _builder;
    private readonly ITools _tools;
    private readonly FormChoice _choice;
    private readonly StackFolder _folder;
    private readonly StackSettings _settings;
    private IResourceBuilder<ProjectResource>? _demo;
    private Service? _router;

    private Stack(IDistributedApplicationBuilder builder, ITools tools, FrontDoor frontDoor, FormChoice choice, StackFolder folder)
    {
        _builder = builder;
        _tools = tools;
        FrontDoor = frontDoor;
        _choice = choice;
        _folder = folder;
        _settings = new StackSettings(builder.Configuration, frontDoor);
    }

    /// <summary>Where the stack is reached.</summary>
    public FrontDoor FrontDoor { get; }

    /// <summary>Judges what is asked for, before anything is made: settings, tools, ports, the data folder.</summary>
    /// <exception cref="StackRefusedException">The stack cannot be started.</exception>
    public static Stack Open(IDistributedApplicationBuilder builder, ITools? tools = null)
    {
        tools ??= new Tools(builder.Configuration);
        var frontDoor = FrontDoor.From(builder.Configuration);
        var choice = builder.ExecutionContext.IsPublishMode
            ? new FormChoice(InfrastructureForm.Containers, "published")
            : FormChoice.From(builder.Configuration, tools);
        Instances.Check(builder.Configuration, choice);
        _ = KeycloakResource.Check(builder.Configuration, choice);
        var folder = StackFolder.Open(builder.Configuration, choice);
        try
        {
            if (builder.ExecutionContext.IsRunMode)
            {
                Ports.Check(frontDoor, builder.Configuration);
                Console.WriteLine($"Infrastructure: {choice.Word} ({choice.Reason}); data in {folder.Path}");
            }

            return new Stack(builder, tools, frontDoor, choice, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Adds the servers of the form that was chosen.</summary>
    public async Task<StackInfrastructure> AddInfrastructureAsync()
    {
        if (_builder.ExecutionContext.IsRunMode)
        {
            await new RunningProcesses(_folder).WaitForOldAsync();
        }

        return await StackInfrastructure.AddAsync(_builder, _choice, _tools, _folder);
    }

    /// <summary>Adds the demo issuer, providers and backends, unless <c>Demo:Enabled</c> is false.</summary>
    public void AddDemo<TProject>()
        where TProject : IProjectMetadata, new()
    {
        if (!_settings.Demo)
        {
            return;
        }

        _demo = AddHost<TProject>(Resources.Demo, 1)
            .WithHttpEndpoint(name: Resources.Http, isProxied: false)
            .WithEndpoint(Resources.Http, static endpoint => endpoint.TargetHost = "127.0.0.1")
            .WithHealth()
            .WithEnvironment("Demo__Issuer", FrontDoor.Url + "/demo/")
            .WithEnvironment("Demo__GatewayUrl", FrontDoor.Url)
            .WithDemoCommands(FrontDoor);
    }

    /// <summary>Adds Keycloak with the realms of a folder, where <c>Keycloak</c> is true.</summary>
    public void AddKeycloak()
    {
        if (KeycloakResource.Check(_builder.Configuration, _choice) is { } realms)
        {
            KeycloakResource.Add(_builder, realms);
        }
    }

    /// <summary>Adds a service behind the front door, in as many instances as <c>Instances:{name}</c> says.</summary>
    public Service AddService<TProject>(string name)
        where TProject : IProjectMetadata, new()
    {
        var instances = Enumerable.Range(1, Instances.Of(_builder.Configuration, name))
            .Select(number => AddHost<TProject>(name, number).WithServiceEndpoints().WithConsumerCommands(name, FrontDoor));
        return Configure(new Service(name, [.. instances], _folder));
    }

    /// <summary>Adds the Router, which has the front door's fixed addresses.</summary>
    public Service AddFrontDoor<TProject>()
        where TProject : IProjectMetadata, new()
    {
        var router = AddHost<TProject>(Resources.Router, 1)
            .WithFrontDoor(FrontDoor)
            .WithUrl(FrontDoor.Url, "front door")
            .WithUrl(FrontDoor.ManagementUrl + "/health/details", "each module's health");
        if (_demo is not null)
        {
            router.WithEnvironment("Demo__Url", _demo.GetEndpoint(Resources.Http)).WaitFor(_demo);
        }

        return _router = Configure(new Service(Resources.Router, [router], _folder));
    }

    /// <summary>Runs the stack until it is stopped, and prints where it is once it answers.</summary>
    public async Task RunAsync()
    {
        SecretEnvironment.Blank(_builder);

        // Why a start failed is told once: in one line, or by the runtime.
        _builder.Services.AddLogging(static logging => logging
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Warning));
        await using var app = _builder.Build();
        var processes = new RunningProcesses(_folder);
        var watching = processes.WatchAsync(app.ResourceNotifications, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        Announcement.Print(app, _router!.Instances[0].Resource, FrontDoor, _builder.Configuration, _settings.Demo);
        await app.RunAsync();
        await watching;
        await processes.WaitForEndAsync();
    }

    public void Dispose() => _folder.Dispose();

    private Service Configure(Service service)
    {
        foreach (var instance in service.Instances)
        {
            instance.WithEnvironment("Service__Credential", _folder.Secret("service-" + service.Name));
            instance.WithSettings(_settings.Of(service.Name), _demo);
            if (service.Name == Resources.Identity && _choice.Form != InfrastructureForm.Embedded && _settings.MasterKey is null)
            {
                // Replicas share the key rings, in a database that is not the place for keys in the clear.
                instance.WithEnvironment("Keys__Master", Convert.ToBase64String(Convert.FromHexString(_folder.Secret("keys-master"))));
            }
        }

        return service;
    }

    private IResourceBuilder<ProjectResource> AddHost<TProject>(string name, int number)
        where TProject : IProjectMetadata, new()
    {
        var environment = _builder.Environment.EnvironmentName;
        return _builder
            .AddProject<TProject>(
                number == 1 ? name : $"{name}-{number}",
                options =>
                {
                    options.ExcludeLaunchProfile = true;
                    options.ExcludeKestrelEndpoints = true;
                })
            .RunsAsBuilt()
            .WithEnvironment("DOTNET_ENVIRONMENT", environment)
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
            // One process to a folder: instances do not share theirs.
            .WithEnvironment("Data__Path", _folder.Folder(number == 1 ? "services" : $"services-{number}"))
            .WithEnvironment("Identity__PublicUrl", FrontDoor.Url)
            // Prompts are content: Aspire would have them recorded in development.
            .WithEnvironment("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "false")
            // Without this a host that stops waits 10 s for the dashboard, which is already gone.
            .WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000");
    }
}
