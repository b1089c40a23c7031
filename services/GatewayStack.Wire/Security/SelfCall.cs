using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Channels;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Wire.Security;

/// <summary>Lets a module host call itself as the Router would: over its own endpoint, through its own gate.</summary>
internal sealed class SelfCall(
    OwnService own, ServiceCredentials credentials, ServiceTls tls, ServerCertificate certificate, AssertionKeys keys, IServer server, IConfiguration configuration, TimeProvider time)
{
    private const string Router = "router";

    /// <summary>Makes the calls, once Identity's keys are there.</summary>
    /// <param name="clients">Adds the clients that are needed.</param>
    /// <param name="calls">What to call. It is given the clients, a caller who is nobody, and their assertion.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">Identity's keys cannot be had yet.</exception>
    public async Task RunAsync(
        Action<IHostApplicationBuilder> clients, Func<IServiceProvider, CallerIdentity, string, CancellationToken, Task> calls, CancellationToken cancellationToken)
    {
        await keys.RefreshAsync().WaitAsync(cancellationToken);
        if (!keys.Known)
        {
            throw new InvalidOperationException("The keys that verify assertions are not there yet.");
        }

        if (!credentials.Knows(Router) || Address() is not { } address)
        {
            return;
        }

        using var itself = credentials.BelieveItself(Router);
        using var key = new SelfCallKey();
        using var believed = keys.Believe(key);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"services:{own.Name}:grpc:0"] = address;
        builder.Configuration["Service:Credential"] = itself.Secret;
        builder.Services.AddSingleton(new OwnService(Router));
        if (tls.Enabled)
        {
            builder.Services.AddSingleton(tls.OfItself(certificate.Current.TargetCertificate));
        }

        clients(builder);
        using var host = builder.Build();
        await calls(host.Services, SelfCallKey.Nobody, key.Mint((configuration["Identity:PublicUrl"] ?? string.Empty).TrimEnd('/'), time.GetUtcNow()), cancellationToken);
    }

    /// <summary>How this process reaches its own gRPC endpoint; the server names its addresses in the order of the configured endpoints.</summary>
    private string? Address()
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToList() ?? [];
        var names = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e.Key).ToList();
        if (names.Count != bound.Count || names.FindIndex(n => n.Equals("grpc", StringComparison.OrdinalIgnoreCase)) is not (>= 0 and var index))
        {
            return null;
        }

        var binding = Microsoft.AspNetCore.Http.BindingAddress.Parse(bound[index]);
        var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : binding.Host;
        return $"{binding.Scheme}://{host}:{binding.Port}";
    }
}
