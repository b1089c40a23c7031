using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Administration;
using GatewayStack.Identity.Assertions;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Exchange;
using GatewayStack.Identity.Introspection;
using GatewayStack.Identity.Issuers;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Metadata;
using GatewayStack.Identity.Settings;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Standings.Administration;
using GatewayStack.Identity.Standings.BackChannel;
using GatewayStack.Identity.Standings.Clients;
using GatewayStack.Identity.Standings.Embedded;
using GatewayStack.Identity.Standings.Postgres;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Identity.Hosting;

/// <summary>The module's registrations; whoever registers first wins.</summary>
internal static class IdentityServices
{
    public static void Add(IServiceCollection services, IIdentitySettingsSource source)
    {
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(source);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISettingsCheck, IdentitySettingsCheck>());
        services.TryAddSingleton<IdentityMetrics>();

        services.TryAddSingleton<DocumentFetcher>();
        services.TryAddSingleton<IssuerHttp>();
        services.TryAddSingleton<IssuerKeysFactory>();
        services.TryAddSingleton<IssuerConnections>();
        services.TryAddSingleton<IssuerRegistry>();

        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICredentialKind, GatewayAssertionCredential>());
        services.TryAddSingleton<JwtCredential>();
        services.TryAddSingleton<PresentedTokens>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICredentialKind, ExchangedCredential>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICredentialKind, JwtCredential>(provider => provider.GetRequiredService<JwtCredential>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICredentialKind, IntrospectedCredential>());
        services.TryAddSingleton<CredentialKinds>();

        services.TryAddSingleton<KeyStores>();
        services.TryAddSingleton<SigningRing>();
        services.TryAddSingleton<DataRing>();
        services.TryAddSingleton<IDataKeys>(provider => provider.GetRequiredService<DataRing>());

        services.TryAddSingleton<PublicAddress>();
        services.TryAddSingleton<AssertionMinter>();
        services.TryAddSingleton<AssertionReader>();
        services.TryAddSingleton<UpstreamAssertions>();
        services.TryAddSingleton<UpstreamTokens>();
        services.TryAddSingleton<IIdentityModule, IdentityModule>();

        services.TryAddSingleton<IStandingStore>(provider => provider.GetService<PostgresStandingStore>() is { } shared ? shared : new StandingFile(source.Read().Folder));
        services.TryAddSingleton<StandingEvents>();
        services.TryAddSingleton<StandingBook>();
        services.TryAddSingleton<IStandings>(provider => provider.GetRequiredService<StandingBook>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StandingFollower>());

        services.TryAddSingleton<StandingAdministration>();
        services.TryAddSingleton<ClientCutOff>();
        services.TryAddSingleton<LogoutRate>();
        services.TryAddSingleton<BackChannelLogout>();
        AddHandler<StandingAdministration>(services, StandingAdministration.ListRoute, standings => standings.ListAsync);
        AddHandler<StandingAdministration>(services, StandingAdministration.AddRoute, standings => standings.AddAsync);
        AddHandler<StandingAdministration>(services, StandingAdministration.EndRoute, standings => standings.EndAsync);
        AddHandler<ClientCutOff>(services, ClientCutOff.CutOffRoute, clients => clients.CutOffAsync);
        AddHandler<ClientCutOff>(services, ClientCutOff.RestoreRoute, clients => clients.RestoreAsync);
        AddHandler<BackChannelLogout>(services, BackChannelLogout.Route, logout => logout.HandleAsync);

        services.TryAddSingleton<KeySetEndpoint>();
        services.TryAddSingleton<ResourceMetadataEndpoint>();
        services.TryAddSingleton<AdministrationEvents>();
        services.TryAddSingleton<IdentityAdministration>();
        AddHandler<KeySetEndpoint>(services, "identity.jwks", endpoint => endpoint.HandleAsync);
        AddHandler<ResourceMetadataEndpoint>(services, "identity.resource_metadata", endpoint => endpoint.HandleAsync);
        AddHandler<IdentityAdministration>(services, "admin.identity", administration => administration.ShowAsync);
        AddHandler<IdentityAdministration>(services, "admin.identity.reload", administration => administration.ReloadAsync);
        AddHandler<IdentityAdministration>(services, "admin.identity.rotate", administration => administration.RotateAsync);
    }

    private static void AddHandler<T>(IServiceCollection services, string route, Func<T, RequestDelegate> handler)
        where T : notnull =>
        services.TryAddKeyedSingleton<RequestDelegate>(route, (provider, _) => handler(provider.GetRequiredService<T>()));
}
