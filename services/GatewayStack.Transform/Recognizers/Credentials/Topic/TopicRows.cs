using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>The table's rows for what is written as a secret where people talk of secrets.</summary>
internal static class TopicRows
{
    private const int PhraseWindow = 160;

    private static readonly SearchValues<char> Token = SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => !char.IsWhiteSpace(c))]);

    /// <summary>What may stand before the first digit of a value: anything but another digit.</summary>
    private static readonly SearchValues<char> BeforeDigit = SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => !char.IsWhiteSpace(c)
        && !char.IsAsciiDigit(c))]);

    private static readonly SearchValues<char> Code = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#*");
    private static readonly SearchValues<char> Capital = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private static readonly string[] Phrases = [.. SecretWords.Password, "phrase", "phrase de passe", "phrase_de_passe", "frase de paso", "frase segreta", "frase-passe",
        "frase de acesso", "zin", "hasło-zdanie", "lösenfras", "pass phrase", "protected by", "protetta da", "protetto da", "protégé par", "protégée par", "geschützt durch",
        "protegida por", "protegido por", "wifi", "wi-fi", "wlan", "luks"];

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Row("odd-value-with-digit", Gate.Digit) with { Lead = BeforeDigit },
        Row("odd-value-with-mark", Gate.Keyword) with { Keywords = ["!", "#", "&", "$", "%", "§", "^", "~", "?"], Lead = BeforeDigit, MinLead = 2 },
        Row("code-in-topic", Gate.Digit) with { Lead = Capital, MaxLead = 1, Body = Code, MaxLength = 10, MinLength = 3, After = 12, Verify = CodeInTopicVerifier.Verify },
        Row("number-words", Gate.Keyword) with { Keywords = NumberWordsVerifier.Digits, MaxLead = 0, Body = CredentialAlphabets.Line, MaxLength = 72, MinLength = 12,
        Verify = NumberWordsVerifier.Verify },
        Row("phrase-in-topic", Gate.Keyword) with
        {
            Keywords = Phrases, InsideWords = true, MaxLead = 0, Body = CredentialAlphabets.Line, MaxLength = PhraseWindow, MinLength = 12, Before = 96, After = 2,
                Verify = PhraseInTopicVerifier.Verify,
        },
        Row("noted", Gate.Colon) with { MaxLead = 0, Body = CredentialAlphabets.Any, SameLine = false, MaxLength = 150, MinLength = 10, After = 2,
        Glance = NotedVerifier.MayFollow, Verify = NotedVerifier.Verify },
        Row("login-and-phrase", Gate.Keyword) with { Keywords = [" / "], MaxLead = 0, Body = CredentialAlphabets.Line, MaxLength = 96, MinLength = 9, After = 2,
        Verify = LoginPhraseVerifier.Verify },
    ];

    private static Recognizer Row(string name, Gate gate) => new()
    {
        Name = name,
        Type = EntityTypes.Password,
        Gate = gate,
        MaxLead = TopicVerifier.Longest,
        Body = Token,
        MaxLength = TopicVerifier.Longest,
        MinLength = 6,
        Before = Scanning.Scanner.LeftContext,
        After = Examples.RefusalReach,
        SameLine = true,
        Verify = TopicVerifier.Verify,
        Score = 0.5,
    };
}
