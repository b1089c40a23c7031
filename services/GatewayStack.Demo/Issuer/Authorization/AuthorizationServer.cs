using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Keys;
using GatewayStack.Demo.Issuer.Store;
using GatewayStack.Demo.Issuer.Tokens;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>OpenIddict, set up as the demo's authorization server.</summary>
internal static class AuthorizationServer
{
    public static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(14);

    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(2);

    public static void Add(IServiceCollection services)
    {
        services.AddDbContext<IssuerContext>((provider, context) => context
            .UseSqlite(provider.GetRequiredService<IssuerDatabase>().ConnectionString)
            .AddInterceptors(new BusyTimeout())
            .UseOpenIddict());
        services.AddOpenIddict()
            .AddCore(core => core
                .ReplaceApplicationManager<OpenIddictEntityFrameworkCoreApplication, IssuerApplications>()
                .UseEntityFrameworkCore().UseDbContext<IssuerContext>())
            .AddServer(Configure);
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, Instance>();
        WithoutDataProtection(services);
    }

    /// <summary>Authentication brings data protection along, and that makes keys in the user's own folder at each start; nothing here is protected by it.</summary>
    private static void WithoutDataProtection(IServiceCollection services)
    {
        foreach (var start in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Namespace == "Microsoft.AspNetCore.DataProtection.Internal").ToList())
        {
            services.Remove(start);
        }

        services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider, EphemeralDataProtectionProvider>());
    }

    private static void Configure(OpenIddictServerBuilder server)
    {
        server
            .SetConfigurationEndpointUris(IssuerPaths.Metadata)
            .SetJsonWebKeySetEndpointUris(IssuerPaths.Relative(IssuerPaths.Keys))
            .SetAuthorizationEndpointUris(IssuerPaths.Relative(IssuerPaths.Authorize))
            .SetTokenEndpointUris(IssuerPaths.Relative(IssuerPaths.Token))
            .SetRevocationEndpointUris(IssuerPaths.Relative(IssuerPaths.Revoke))
            .SetUserInfoEndpointUris(IssuerPaths.Relative(IssuerPaths.UserInfo))
            .SetDeviceAuthorizationEndpointUris(IssuerPaths.Relative(IssuerPaths.DeviceAuthorization))
            .SetEndUserVerificationEndpointUris(IssuerPaths.Relative(IssuerPaths.Device))
            .AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange()
            .AllowRefreshTokenFlow()
            .AllowDeviceAuthorizationFlow()
            .RegisterScopes([.. IssuerScopes.All])
            // Audiences are the gateway's routes, which only TokenResources knows; what a client may ask for, the person says and not its registration.
            .DisableResourceValidation().IgnoreResourcePermissions().IgnoreScopePermissions()
            .DisableAccessTokenEncryption()
            .UseReferenceRefreshTokens()
            .SetAuthorizationCodeLifetime(CodeLifetime)
            .SetRefreshTokenLifetime(RefreshTokenLifetime)
            // A refresh token that comes a second time was stolen, from the client or by it.
            .SetRefreshTokenReuseLeeway(null);
        server.Configure(options =>
        {
            options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
            options.ResponseModes.IntersectWith([ResponseModes.Query]);
        });
        server.AddEventHandler(ResolveClientDocument.Authorization);
        server.AddEventHandler(ResolveClientDocument.Device);
        server.AddEventHandler(BoundDeviceCodes.Descriptor);
        server.AddEventHandler(CheckResource.Authorization);
        server.AddEventHandler(CheckResource.Token);
        server.AddEventHandler(CheckResource.Device);
        server.AddEventHandler(CheckSession.Descriptor);
        server.AddEventHandler(AnswerAtRedirect.Descriptor);
        server.AddEventHandler(PrepareDeviceGrant.Descriptor);
        server.AddEventHandler(IssueAccessToken.Descriptor);
        server.AddEventHandler(SayScope.Descriptor);
        server.AddEventHandler(RecogniseAccessToken.Descriptor);
        server.AddEventHandler(DescribeServer.Descriptor);
        foreach (var count in CountRefusals.Descriptors)
        {
            server.AddEventHandler(count);
        }

        // Plain http is for this machine, and for nothing else are the demo parts.
        server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough()
            .EnableErrorPassthrough()
            .DisableTransportSecurityRequirement();
    }

    /// <summary>What differs from one instance to the next.</summary>
    private sealed class Instance(DemoServerOptions demo, DemoAddresses addresses, DemoSigningKey signing, IssuerSeal seal) : IConfigureOptions<OpenIddictServerOptions>
    {
        public void Configure(OpenIddictServerOptions options)
        {
            options.Issuer = new Uri(addresses.Issuer, UriKind.Absolute);
            options.TimeProvider = demo.TimeProvider;
            options.AccessTokenLifetime = demo.AccessTokenLifetime;
            options.SigningCredentials.Add(signing.Credentials);
            options.EncryptionCredentials.Add(new Microsoft.IdentityModel.Tokens.EncryptingCredentials(
                seal.EncryptionKey, Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256KW, Microsoft.IdentityModel.Tokens.SecurityAlgorithms.Aes256CbcHmacSha512));
        }
    }
}
