using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Monitoring, analytics, alerts. Formats that their issuers made recognisable.</summary>
internal static class WatchKeys
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        CredentialRow.Key("new-relic", @"NRAK-[A-Z0-9]{27}", "NRAK-"),
        CredentialRow.Key("new-relic-insights", @"NRI[IQ]-[A-Za-z0-9_\-]{32}", "NRII-", "NRIQ-"),
        CredentialRow.Key("new-relic-browser", @"NRJS-[0-9a-f]{19}", "NRJS-"),
        CredentialRow.Key("grafana-service-account", @"glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}", "glsa_"),
        CredentialRow.Key("grafana-cloud", @"glc_[A-Za-z0-9+/]{32,}={0,3}", "glc_"),
        CredentialRow.Key("grafana-legacy", @"eyJrIjoi[A-Za-z0-9+/]{60,}={0,2}", "eyJrIjoi"),
        CredentialRow.Key("dynatrace", @"dt0(?:c01|s01|s02|s16)\.[A-Z0-9]{24}\.[A-Z0-9]{64}", "dt0c01.", "dt0s01.", "dt0s02.", "dt0s16."),
        CredentialRow.Key("honeycomb", @"hc(?:ai|bi|am)k_[a-z0-9]{58}", "hcaik_", "hcbik_", "hcamk_"),
        CredentialRow.Key("posthog", @"phx_[A-Za-z0-9]{40,60}", "phx_"),
        CredentialRow.Key("axiom", @"xa[ap]t-" + CredentialRow.Uuid, CredentialAlphabets.Line, "xaat-", "xapt-"),
        CredentialRow.Key("checkly", @"cu_[0-9a-f]{32}", "cu_"),
        CredentialRow.Key("logfire", @"pylf_v\d_[a-z]{2}_[A-Za-z0-9]{40,50}", "pylf_v"),
        CredentialRow.Key("statsig", @"secret-[A-Za-z0-9]{43}", "secret-"),
    ];
}
