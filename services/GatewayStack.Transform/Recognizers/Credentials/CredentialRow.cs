using System.Buffers;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>How the rows of credentials are made.</summary>
internal static class CredentialRow
{
    /// <summary>A UUID in small letters.</summary>
    public const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private const double Certain = 0.99;

    /// <summary>A key that its beginning names.</summary>
    public static Recognizer Key(string name, string pattern, params string[] keywords) => Key(name, pattern, CredentialAlphabets.Key, keywords);

    /// <summary>The same, with other characters than keys have.</summary>
    public static Recognizer Key(string name, string pattern, SearchValues<char> body, params string[] keywords) => new()
    {
        Name = name,
        Type = EntityTypes.ApiKey,
        Gate = Gate.Keyword,
        Keywords = keywords,
        Pattern = pattern.Length == 0 ? null : Patterns.Anchored(pattern),
        Body = body,
        MaxLength = 512,
        MinLength = 12,
        Verify = FormatVerifier.Verify,
        Score = Certain,
    };

    /// <summary>A key that has its mark in its midst.</summary>
    public static Recognizer Led(string name, string pattern, int minLead, int maxLead, SearchValues<char> lead, params string[] keywords) => Key(name,
        pattern, keywords) with
    {
        Lead = lead,
        MinLead = minLead,
        MaxLead = maxLead,
        InsideWords = true,
        Verify = FormatVerifier.VerifyLed,
    };

    /// <summary>An address that lets whoever knows it write.</summary>
    public static Recognizer Webhook(string name, string pattern, params string[] keywords) => Key(name, $"(?:https?://)?{pattern}",
        CredentialAlphabets.Url, keywords) with
    {
        Lead = CredentialAlphabets.Scheme,
        MaxLead = 8,
        InsideWords = true,
        Verify = FormatVerifier.VerifyLed,
    };

    /// <summary>A value behind what the pattern matches, judged as an argument of a command.</summary>
    public static Recognizer Argument(string name, string pattern, params string[] keywords) => Key(name, pattern, CredentialAlphabets.Any, keywords) with
    {
        Type = EntityTypes.Password,
        MaxLength = 240,
        InsideWords = true,
        Verify = ArgumentVerifier.Verify,
    };

    /// <summary>A value that has no mark, beside the name of who issued it.</summary>
    public static Recognizer Near(string name, string value, params string[] issuers) =>
        Key(name, string.Empty, CredentialAlphabets.Line, issuers) with
        {
            Pattern = null,
            MaxLength = 200,
            MinLength = 24,
            Outlook = value == Uuid ? IssuerVerifier.BesideOutlook : IssuerVerifier.Outlook,
            Verify = IssuerVerifier.For(value),
        };
}
