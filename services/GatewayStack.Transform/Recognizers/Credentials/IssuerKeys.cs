using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Keys without a mark of their own: the issuer's name stands before them, and they have the issuer's shape.</summary>
internal static class IssuerKeys
{
    private const string Hex32 = "[0-9a-f]{32}";
    private const string Hex40 = "[0-9a-f]{40}";
    private const string Hex64 = "[0-9a-f]{64}";
    private const string Letters32 = "[A-Za-z0-9]{32}";
    private const string Letters40 = "[A-Za-z0-9]{40}";
    private const string Letters64 = "[A-Za-z0-9]{64}";

    /// <summary>The issuers: a row's name, the shape of the value, how the issuer is called.</summary>
    public static ImmutableArray<(string Name, string Value, string[] Issuers)> Table { get; } =
    [
        Of("aws-secret-key", "[A-Za-z0-9/+]{40}", "aws_secret_access_key", "aws_secret_key", "aws_secret", "secretaccesskey", "secret_access_key",
            "secret access key"),
        Of("azure-devops", "[A-Za-z0-9]{84}|[a-z2-7]{52}", "azure_devops", "azure devops", "vsts", "azdo", "ado_pat", "system_accesstoken"),
        Of("azure-cognitive", "[A-Za-z0-9]{84}|" + Hex32, "azure_openai", "cognitive", "ocp-apim-subscription"),
        Of("alibaba-secret", "[A-Za-z0-9]{30}", "aliyun", "alibaba", "accesskeysecret"),
        Of("ibm-cloud", @"[A-Za-z0-9_\-]{44}", "ibm"),
        Of("linode", Hex64, "linode"),
        Of("vultr", "[A-Z0-9]{36}", "vultr"),
        Of("hetzner", Letters64, "hetzner", "hcloud"),
        Of("ovh", Letters32, "ovh"),
        Of("cloudflare", @"[A-Za-z0-9_\-]{40}|[0-9a-f]{37}", "cloudflare", "cf_api"),
        Of("heroku-old", CredentialRow.Uuid, "heroku"),
        Of("railway", CredentialRow.Uuid, "railway"),
        Of("vercel-old", "[A-Za-z0-9]{24}", "vercel"),
        Of("netlify-old", @"[A-Za-z0-9_\-]{43}", "netlify"),
        Of("confluent", "[A-Za-z0-9+/]{64}", "confluent"),
        Of("fastly", @"[A-Za-z0-9_\-]{32}", "fastly"),
        Of("akamai", @"akab-[A-Za-z0-9\-]{32,48}", "akamai", "client_token", "access_token"),
        Of("gitea", Hex40, "gitea", "gogs", "forgejo"),
        Of("codecov", CredentialRow.Uuid, "codecov"),
        Of("travis", @"[A-Za-z0-9_\-]{22}", "travis"),
        Of("drone", Letters32, "drone"),
        Of("snyk-old", CredentialRow.Uuid, "snyk"),
        Of("jenkins", "[0-9a-f]{32,34}", "jenkins"),
        Of("jfrog-store", "[A-Za-z0-9]{64,73}", "arti" + "factory", "jfrog"),
        Of("cohere", Letters40, "cohere", "co_api"),
        Of("mistral", Letters32, "mistral"),
        Of("together-old", Hex64, "together"),
        Of("assemblyai", Hex32, "assemblyai", "assembly"),
        Of("deepgram", Hex40, "deepgram"),
        Of("wandb", Hex40, "wandb", "weights & biases"),
        Of("elevenlabs-old", Hex32, "elevenlabs", "xi-api"),
        Of("exa", CredentialRow.Uuid, "exa", "metaphor"),
        Of("twilio", Hex32, "twilio"),
        Of("mailgun-old", "[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}", "mailgun", "mg_api"),
        Of("postmark", CredentialRow.Uuid, "postmark"),
        Of("mailjet", Hex32, "mailjet", "mj_api"),
        Of("sparkpost", Hex40, "sparkpost"),
        Of("vonage", "[A-Za-z0-9]{16}", "vonage", "nexmo"),
        Of("messagebird", "[A-Za-z0-9]{25}", "messagebird"),
        Of("plivo", "[A-Za-z0-9]{40,60}", "plivo"),
        Of("zendesk", Letters40, "zendesk"),
        Of("freshdesk", "[A-Za-z0-9]{20}", "freshdesk"),
        Of("pusher", "[0-9a-f]{20}", "pusher"),
        Of("ably", @"[A-Za-z0-9_\-]{6,8}\.[A-Za-z0-9_\-]{6}:[A-Za-z0-9_\-]{20,43}", "ably"),
        Of("discord", @"[A-Za-z0-9_\-]{23,28}\.[A-Za-z0-9_\-]{6}\.[A-Za-z0-9_\-]{27,40}", "discord", "bot_token", "bot token", "dc_token"),
        Of("mattermost", "[a-z0-9]{26}", "mattermost"),
        Of("twitch", "[a-z0-9]{30}", "twitch", "oauth"),
        Of("twitter", "[A-Za-z0-9]{45,50}|[A-Za-z0-9]{25}", "twitter", "consumer"),
        Of("spotify", Hex32, "spotify"),
        Of("linkedin-secret", "[A-Za-z0-9]{16}", "linkedin"),
        Of("facebook-app", Hex32, "facebook", "fb_app"),
        Of("paypal", @"[A-Za-z0-9_\-]{80}", "paypal"),
        Of("braintree", Hex32, "braintree"),
        Of("adyen-hmac", "[0-9A-F]{64}", "adyen", "hmac"),
        Of("wise", CredentialRow.Uuid, "wise", "transferwise"),
        Of("hubspot-old", CredentialRow.Uuid, "hapikey", "hubspot"),
        Of("binance", Letters64, "binance"),
        Of("kraken", "[A-Za-z0-9/+]{86}==", "kraken"),
        Of("bigcommerce", "[a-z0-9]{31}", "bigcommerce"),
        Of("datadog", Hex40 + "|" + Hex32, "datadog", "dd_api", "dd_app", "dd-api-key"),
        Of("new-relic-licence", "[0-9a-f]{36}NRAL|(?:eu01xx|us01xx)[0-9a-f]{30}NRAL", "new_relic", "new relic", "newrelic"),
        Of("azure-search", "[A-Za-z0-9]{42}AzSe[A-Z][A-D][A-Za-z0-9]{4}", "azure_search", "search_api", "searchservice", "azure search"),
        Of("segment", Letters32, "segment"),
        Of("amplitude", Hex32, "amplitude"),
        Of("mixpanel", Hex32, "mixpanel"),
        Of("rollbar", Hex32, "rollbar"),
        Of("bugsnag", Hex32, "bugsnag"),
        Of("opsgenie", CredentialRow.Uuid, "opsgenie", "geniekey"),
        Of("pagerduty", @"[A-Za-z0-9_+\-]{20}", "pagerduty"),
        Of("splunk", CredentialRow.Uuid, "splunk", "hec"),
        Of("sumologic", Letters64, "sumologic", "sumo"),
        Of("loggly", CredentialRow.Uuid, "loggly"),
        Of("algolia", Hex32, "algolia"),
        Of("trello-old", Hex64 + "|" + Hex32, "trello"),
        Of("okta", @"00[A-Za-z0-9_\-]{40}", "okta", "ssws"),
        Of("auth0", @"[A-Za-z0-9_\-]{64}", "auth0"),
        Of("asana", @"[0-2]/\d{16}(?:/\d{16})?:[0-9a-f]{32}|[0-9a-f]{32}", "asana"),
        Of("infura", Hex32, "infura"),
        Of("alchemy", @"[A-Za-z0-9_\-]{32}", "alchemy"),
        Of("etherscan", "[A-Z0-9]{34}", "etherscan"),
        Of("openweather", Hex32, "openweather", "openweathermap", "appid"),
        Of("rapidapi", "[A-Za-z0-9]{50}", "rapidapi"),
        Of("newsapi", Hex32, "newsapi"),
        Of("giphy", Letters32, "giphy"),
        Of("steam", "[0-9A-F]{32}", "steam"),
        Of("shodan", Letters32, "shodan"),
        Of("virustotal", Hex64, "virustotal"),
        Of("abuseipdb", "[0-9a-f]{80}", "abuseipdb"),
        Of("kubernetes-bootstrap", @"[a-z0-9]{6}\.[a-z0-9]{16}", "kubeadm", "bootstrap"),
        Of("snowflake", @"[A-Za-z0-9_\-]{24,}", "snowflake"),
        Of("elastic", "[A-Za-z0-9+/_=-]{24,80}", "elastic", "elasticsearch"),
    ];

    public static ImmutableArray<Recognizer> All { get; } = [.. Table.Select(k => CredentialRow.Near(k.Name, k.Value, k.Issuers))];

    private static (string Name, string Value, string[] Issuers) Of(string name, string value, params string[] issuers) => (name, value, issuers);
}
