using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Private keys, tokens, headers, cookies: formats that standards define.</summary>
internal static class TokenRows
{
    private const int LongestKey = 32_768;
    private const int LongestMember = 4096;
    private const int LongestToken = 16_384;

    private static readonly string[] Cookies =
    [
        "phpsessid", "jsessionid", "asp.net_sessionid", ".aspxauth", ".aspnetcore.", "connect.sid", "laravel_session", "_session_id", "sessiontoken",
        "session_token", "auth_session", "xsrf-token", "csrftoken",
        "remember_token", "_gitlab_session", "user_session", "wordpress_logged_in", "next-auth.session-token", "__session", "sid", "remember_me", "rememberme", "sessid", "auth_token",
    ];

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Row(
            "private-key",
            EntityTypes.PrivateKey,
            "-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----",
            CredentialAlphabets.Pem,
            LongestKey,
            "-----BEGIN ") with { NotAfter = "-", Verify = PrivateKeyVerifier.Verify },
        Row("private-key-json", EntityTypes.PrivateKey, @"""(?:d|p|q|dp|dq|qi|k)"" ?: ?""[A-Za-z0-9_\-]{40,}", CredentialAlphabets.JsonMember, LongestMember,
            "\"d\":", "\"d\" :", "\"p\":", "\"p\" :", "\"q\":", "\"q\" :", "\"dp\":", "\"dp\" :", "\"dq\":", "\"dq\" :", "\"qi\":", "\"qi\" :", "\"k\":", "\"k\" :")
            with { Verify = JsonKeyVerifier.Verify, Before = Scanning.Scanner.LeftContext, After = JsonKeyVerifier.Ahead },
        Row("private-key-base64", EntityTypes.PrivateKey, "LS0tLS1CRUdJTi[A-Za-z0-9+/]{60,}={0,2}", Alphabets.Base64, LongestKey,
            "LS0tLS1CRUdJTi") with { Verify = PrivateKeyVerifier.VerifyBase64 },
        Row(
            "putty-key",
            EntityTypes.PrivateKey,
            @"PuTTY-User-Key-File-\d: [\x20-\x7E]+\r?\n(?:[A-Za-z\-]+: [\x20-\x7E]*\r?\n(?:[A-Za-z0-9+/=]{1,76}\r?\n)*)*Private-Lines: \d+\r?\n[A-Za-z0-9+/=\s]+(?:Private-MAC: [0-9a-f]+)?",
            CredentialAlphabets.Any,
            LongestKey,
            "PuTTY-User-Key-File-"),
        Row("jwt", EntityTypes.Jwt, @"eyJ[A-Za-z0-9_\-]{8,}(?:\.[A-Za-z0-9_\-]*){2,4}", Alphabets.DottedToken, LongestToken,
            "eyJ") with { Verify = JwtKeyVerifier.Verify },
        Row("bearer", EntityTypes.Secret,
            @"(?i:bearer|token|apikey|ssws|genie ?key|zoho-oauthtoken|splunk|klaviyo-api-key|auth plain|auth login)[ ]{1,2}[A-Za-z0-9_\-.~+/=]{12,}",
            CredentialAlphabets.Header, 1024,
            "bearer ", "token ", "apikey ", "ssws ", "geniekey ", "splunk ", "auth plain ", "auth login ") with { Verify = HeaderVerifier.Bearer, MinLength = 18 },
        Row("basic", EntityTypes.Secret, "(?i:basic) +[A-Za-z0-9+/_-]{8,}={0,2}", CredentialAlphabets.Header, 512,
            "basic ") with { Verify = HeaderVerifier.Basic, MinLength = 14 },
        Row("registry-login", EntityTypes.Secret, @"(?i:""_?auth""\s?:\s?""|_auth\s?=\s?""?)[A-Za-z0-9+/]{12,}={0,2}", CredentialAlphabets.Line, 512,
            "\"auth\":", "\"auth\" :", "\"_auth\":", "_auth=", "_auth =") with { Verify = HeaderVerifier.Registry },
        Row("cookie", EntityTypes.Secret, @"(?i:[A-Za-z0-9_.\-]+)=[A-Za-z0-9_\-.%+/=|:]{12,}", CredentialAlphabets.Cookie, 1024,
            Cookies) with { Verify = HeaderVerifier.Cookie, MinLength = 16 },
        Row("cookie-header", EntityTypes.Secret, @"(?i:(?:set-)?cookie)[""']?\s?[:=]\s?[""']?[A-Za-z0-9_.\-]{1,40}=[A-Za-z0-9_\-.%+/=|:]{16,}", CredentialAlphabets.Line, 1024,
            "cookie:", "cookie\":", "cookie':", "cookie=", "set-cookie:", "cookie :") with { Verify = HeaderVerifier.FirstCookie, MinLength = 24 },
        Row("cookie-in-json", EntityTypes.Secret, @"""(?i:(?:set-)?cookie)""\s{0,2},\s{0,2}""value""\s?:\s?""[A-Za-z0-9_.\-]{1,40}=[A-Za-z0-9_\-.%+/=|:]{16,}",
            CredentialAlphabets.Line, 1024,
            "\"cookie\",", "\"set-cookie\",") with { Verify = HeaderVerifier.Cookie, MinLength = 30 },
        Row("azure-storage", EntityTypes.ApiKey, @"(?i:AccountKey|SharedAccessKey|SharedSecretValue)=[A-Za-z0-9+/]{40,90}={0,2}", Alphabets.Base64, 128,
            "AccountKey=", "SharedAccessKey=", "SharedSecretValue=")
            with { Verify = FormatVerifier.VerifyNear, InsideWords = true },
        Row("azure-sas", EntityTypes.Secret, "sig=(?:[A-Za-z0-9+/_-]|%2[BbFf]){42,100}(?:%3[Dd]|=){0,2}", CredentialAlphabets.Key, 140,
            "sig=") with { Verify = HeaderVerifier.Parameter },
        Row("signed-url", EntityTypes.Secret, "(?i:X-Amz-Signature|X-Goog-Signature|X-Amz-Security-Token)=[A-Za-z0-9%+/=_-]{32,}",
            CredentialAlphabets.Key, 2048, "X-Amz-Signature=", "X-Goog-Signature=", "X-Amz-Security-Token=")
            with { Verify = HeaderVerifier.Parameter },
        Row("otpauth", EntityTypes.Secret, "(?i:otpauth)://(?:totp|hotp)/[^\\s\"'<>]*?secret=[A-Za-z2-7]{16,128}", CredentialAlphabets.Url, 512, "otpauth://"),
        Row("paseto", EntityTypes.Secret, @"v[1-4]\.(?:local|public)\.[A-Za-z0-9_\-]{40,}(?:\.[A-Za-z0-9_\-]{4,})?", Alphabets.DottedToken, 2048, "v1.local.", "v2.local.",
        "v3.local.", "v4.local.", "v1.public.", "v2.public.", "v3.public.", "v4.public."),
        Row("fernet", EntityTypes.Secret, "gAAAAA[A-Za-z0-9_-]{60,}={0,2}", Alphabets.Base64Url, 4096, "gAAAAA"),
        Row("wifi-code", EntityTypes.Password, "WIFI:(?:[A-Z]:[^;\\r\\n]*;)*?P:[^\\r\\n]{4,80}", CredentialAlphabets.Line, 200,
            "WIFI:") with { Verify = HeaderVerifier.Wifi },
    ];

    private static Recognizer Row(string name, string type, string pattern, SearchValues<char> body, int longest, params string[] keywords) => new()
    {
        Name = name,
        Type = type,
        Gate = Gate.Keyword,
        Keywords = keywords,
        Pattern = Patterns.Anchored(pattern),
        Body = body,
        MaxLength = longest,
        MinLength = 12,
        Score = 0.98,
    };
}
