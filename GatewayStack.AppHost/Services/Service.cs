using System.Collections.Immutable;
using GatewayStack.AppHost.Infrastructure;

namespace GatewayStack.AppHost.Services;

/// <summary>A service in all its instances. Each is a resource of its own, because gRPC behind one address stays on one of them.</summary>
internal sealed class Service(string name, ImmutableArray<IResourceBuilder<ProjectResource>> instances, StackFolder folder)
{
    /// <summary>The service's name: what callers and settings know it by.</summary>
    public string Name => name;

    /// <summary>Its instances.</summary>
    public ImmutableArray<IResourceBuilder<ProjectResource>> Instances => instances;

    /// <summary>Gives it servers; it starts when they are there. What the form does not have is null, and then the service keeps its data itself.</summary>
    public Service Uses(params IEnumerable<IServer?> servers)
    {
        foreach (var server in servers.OfType<IServer>())
        {
            foreach (var instance in instances)
            {
                server.GiveTo(instance);
            }
        }

        return this;
    }

    /// <summary>Tells it where other services are, and them that it may call.</summary>
    public Service Calls(params IEnumerable<Service> services)
    {
        foreach (var called in services)
        {
            foreach (var instance in instances)
            {
                foreach (var (number, there) in called.Instances.Index())
                {
                    instance
                        .WithEnvironment($"services__{called.Name}__grpc__{number}", there.GetEndpoint(Resources.Grpc))
                        .WithEnvironment($"services__{called.Name}__http__{number}", there.GetEndpoint(Resources.Http));
                }
            }

            foreach (var there in called.Instances)
            {
                there.WithEnvironment("Service__Callers__" + name, folder.DigestOf("service-" + name));
            }
        }

        return this;
    }

    /// <summary>Starts it when others are healthy.</summary>
    public Service StartsAfter(params IEnumerable<Service> services)
    {
        foreach (var there in services.SelectMany(s => s.Instances))
        {
            foreach (var instance in instances)
            {
                instance.WaitFor(there);
            }
        }

        return this;
    }
}
