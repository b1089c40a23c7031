using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers.Verifiers;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The table's rows for credentials: formats that their issuers made recognisable.</summary>
internal static class CredentialRows
{
    private const double Certain = 1.0;

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Key("openai", @"sk-(?:proj-|svcacct-|admin-|None-)?[A-Za-z0-9_\-]{20,}", "sk-") with { Verify = TokenVerifier.Verify, MaxLength = 512 },
        Key("anthropic", @"sk-ant-[A-Za-z0-9_\-]{20,}", "sk-ant-") with { MaxLength = 512 },
        Key("aws-access-key-id", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}", "AKIA", "ASIA", "ABIA", "ACCA"),
        Key("aws-secret-key", @"(?i:aws_secret_access_key|aws_secret_key)[""']?[ ]?[=:]{1,2}[ ]?[""']?[A-Za-z0-9/+]{40}", Alphabets.Assignment, "aws_secret"),
        Key("github", "gh[pousr]_[A-Za-z0-9]{36,}", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
        Key("github-fine-grained", "github_pat_[A-Za-z0-9_]{22,}", "github_pat_"),
        Key("gitlab", @"glpat-[A-Za-z0-9_\-]{20,}", "glpat-"),
        Key("google-api", @"AIza[A-Za-z0-9_\-]{35}", "AIza"),
        Key("google-oauth-secret", @"GOCSPX-[A-Za-z0-9_\-]{28}", "GOCSPX-"),
        Key("slack", @"xox[abeoprs]-[A-Za-z0-9\-]{10,}", "xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"),
        Key("slack-app", @"xapp-\d-[A-Za-z0-9\-]{10,}", "xapp-"),
        Key("slack-webhook", "hooks\\.slack\\.com/services/T[A-Za-z0-9_]+/B[A-Za-z0-9_]+/[A-Za-z0-9_]{16,}", Alphabets.UrlPath, "hooks.slack.com/services/"),
        Key("stripe", "[srp]k_(?:live|test)_[A-Za-z0-9]{16,}", "sk_live_", "sk_test_", "rk_live_", "rk_test_"),
        Key("stripe-webhook", "whsec_[A-Za-z0-9]{24,}", "whsec_"),
        Key("npm", "npm_[A-Za-z0-9]{36}", "npm_"),
        Key("pypi", @"pypi-AgEI[A-Za-z0-9_\-]{50,}", "pypi-AgEI") with { MaxLength = 512 },
        Key("hugging-face", "hf_[A-Za-z0-9]{34,}", "hf_"),
        Key("digitalocean", "do[opr]_v1_[a-f0-9]{64}", "dop_v1_", "doo_v1_", "dor_v1_"),
        Key("sendgrid", @"SG\.[A-Za-z0-9_\-]{22}\.[A-Za-z0-9_\-]{43}", Alphabets.DottedToken, "SG."),
        Key("azure-storage", "(?i:AccountKey)=[A-Za-z0-9+/]{86}==", Alphabets.Base64, "AccountKey="),
        Key(
            "private-key",
            @"-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----"
                + @"(?:[A-Za-z0-9+/=\-:, \r\n\t\\]*?-----END [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----|[A-Za-z0-9+/=\s]*)",
            Alphabets.Pem,
            "-----BEGIN ") with { MaxLength = 8192, NotAfter = "-" },
        Key("jwt", @"eyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*){2,4}", Alphabets.DottedToken, "eyJ") with
        {
            Type = EntityTypes.Jwt, MaxLength = 16_384, Verify = JwtVerifier.Verify,
        },
    ];

    private static Recognizer Key(string name, string pattern, params string[] keywords) => Key(name, pattern, Alphabets.Token, keywords);

    private static Recognizer Key(string name, string pattern, SearchValues<char> body, params string[] keywords) => new()
    {
        Name = name,
        Type = EntityTypes.ApiKey,
        Gate = Gate.Keyword,
        Keywords = keywords,
        Pattern = Patterns.Anchored(pattern),
        Body = body,
        MaxLength = 256,
        MinLength = 12,
        Score = Certain,
    };
}
