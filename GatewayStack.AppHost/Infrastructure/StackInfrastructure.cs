namespace GatewayStack.AppHost.Infrastructure;

/// <summary>The servers that the services share; null where the form has none.</summary>
internal sealed record StackInfrastructure(IServer? Redis, Databases? Databases, IServer? Kafka)
{
    public IServer? IdentityDb => Databases?.Identity;

    public IServer? PolicyDb => Databases?.Policy;

    public IServer? LimitsDb => Databases?.Limits;

    public IServer? AuditDb => Databases?.Audit;

    /// <summary>Adds the servers of the form that was chosen.</summary>
    public static async Task<StackInfrastructure> AddAsync(IDistributedApplicationBuilder builder, FormChoice choice, ITools tools, StackFolder folder) => choice.Form switch
    {
        InfrastructureForm.Containers => ContainerServers.Add(builder, folder),
        InfrastructureForm.Installed when !OperatingSystem.IsWindows() => await InstalledServers.AddAsync(builder, tools, folder),
        _ => new StackInfrastructure(null, null, null),
    };
}

/// <summary>A server or a database of it: what is waited for, and what a service is told.</summary>
internal interface IServer
{
    /// <summary>Adds connection strings to a service that starts when the server is there.</summary>
    void GiveTo(IResourceBuilder<ProjectResource> service);
}

/// <summary>A server with one connection string.</summary>
internal sealed record Server(IResourceBuilder<IResourceWithConnectionString> Resource) : IServer
{
    public void GiveTo(IResourceBuilder<ProjectResource> service) => service
        .WithEnvironment("ConnectionStrings__" + Resource.Resource.Name, Resource.Resource.ConnectionStringExpression)
        .WaitFor(Resource);
}
