using System.Buffers;
using System.Text.RegularExpressions;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Tells the description of a tool that asks for something hidden from one that says how the tool is used: both speak to the assistant, so what the model says of a description
/// counts only beside a sign of the other. Two signs near one another are enough.
/// </summary>
internal static partial class ToolSigns
{
    /// <summary>What a head must say where there is one sign.</summary>
    private const double Bar = 0.9;

    /// <summary>The same where that is that nobody is to know.</summary>
    private const double SecretBar = 0.5;

    /// <summary>What it must say where the other of two signs is an address outside, of which descriptions have examples.</summary>
    private const double OutsideBar = 0.3;

    /// <summary>Signs that stand further apart belong to different things, in UTF-16 units.</summary>
    private const int Near = 600;

    private static readonly SearchValues<string> May = SearchValues.Create(
        [
            "tell", "mention", "inform", "notify", "alert", "secret", "silent", "hide", "hidden", "must not know", "blind copy", "reveal", "disclose", "reference", "say nothing",
            "~/", "~\\", "$home", "${home}", "userprofile", "%home", "id_rsa", ".ssh", ".env", "/etc/",
            "the user's", "system prompt", "conversation", "chat history", "credentials",
            "assistant", "ai agent", "language model", "the model", "llm", "<important", "<system", "<instruction", "<critical", "<!--", "<hidden", "[instruction", "[system",
            "other tool", "every tool", "any tool", "after each", "whatever the user", "://", "@",
            "sag ", "sage ", "erwähne", "digas", "dis ", "mentionne", "diga",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a person's own settings stand, as each system and shell writes it.</summary>
    private const string Home = @"(?:~|\$home\b|\$\{home\}|\$env:(?:userprofile|home)\b|%(?:userprofile|homepath|home)%)[/\\]{1,4}\.\w";

    /// <summary>Nobody is to know.</summary>
    [GeneratedRegex(
        @"\b(?:do not|don't|dont|never|must not|should not|not to)\b[^.\n]{0,30}?"
        + @"\b(?:tell|telling|mention|mentioning|mentioned|inform|informing|notify|notifying|alert|alerting|disclose|disclosing|reveal to)\b"
        + @"|\bwithout (?:telling|mentioning|informing|asking)|\bkeep (?:this|it|that) (?:secret|hidden|quiet|confidential|between)|\bsilently\b|\bsecretly\b"
        + @"|must not (?:know|notice|be told|see)|\bhid(?:e|den) (?:it|this|that|from the user)|\bhidden from the user|\bblind copy\b"
        + @"|\bmake no (?:reference|mention) (?:to|of) (?:this|it|these|that you)\b|\bsay nothing (?:of|about) (?:this|it|these|that you)\b"
        + @"|\bsage? (?:es |das )?(?:dem|der) (?:benutzer|nutzer|anwender)\w* nichts|\berwähne[^.\n]{0,20}nicht|\bno se lo diga|\bno (?:le )?(?:diga|mencione)s?\b"
        + @"|\bne (?:le |la |lui )?(?:dis|dites|mentionne)[sz]? (?:pas|rien)|\bn'en parlez? (?:pas|à personne)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Secrecy();

    /// <summary>Somebody is to see a part of it. What a tool shows to whom is said so too: only beside what is nobody's business it is a sign.</summary>
    [GeneratedRegex(
        @"\b(?:person|user|human|customer|they|he|she)\b (?:must|should|shall|may|is to|are to|can) "
        + @"(?:only (?:see|get|be shown|be told)|(?:see|get|be shown|be told) (?:only|nothing but))\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Showing();

    /// <summary>What is nobody's business but the person's.</summary>
    [GeneratedRegex(
        Home + @"|\bid_(?:rsa|ed25519|ecdsa)\b|\.ssh\b|(?:^|[\s'""`/(])\.env\b|/etc/(?:passwd|shadow)|\bmcp\.json\b"
        + @"|\bthe user'?s (?:\w+ )?(?:passwords?|api keys?|keys|tokens?|credentials|contacts|secrets|credit card|e-?mail address)"
        + @"|\bsystem prompt\b|\b(?:whole|entire|full|complete) (?:conversation|chat)"
        + @"|\bconversation (?:so far|history|context)|\bchat history\b|\blast (?:\w+ )?messages of the user",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Private();

    /// <summary>Such a place is to be read.</summary>
    [GeneratedRegex(
        @"\b(?:read|open|cat|load|upload|lies|lee|lis|lisez|lea)\b[^.\n]{0,40}?(?:" + Home + @"|\bid_(?:rsa|ed25519|ecdsa)\b|/etc/(?:passwd|shadow)|\bmcp\.json\b|[\s'""`]\.env\b)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reading();

    /// <summary>What is read there is to go along.</summary>
    [GeneratedRegex(
        @"\b(?:put|pass|send|include|attach|append|provide|copy|forward|add)\b[^.\n]{0,30}?\b(?:its|the|their|it)\b|\bcontents? (?:as|in|into|to)\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Passing();

    /// <summary>Words to whatever reads the description.</summary>
    [GeneratedRegex(
        @"<(?:important|system|instructions?|critical|hidden|secret|note|directive)\b[^>]{0,20}>|<!--|\[(?:instruction|system|hidden|directive)|\b(?:ai )?assistants?:"
        + @"|\bai agents?\b|\b(?:note|instructions?|message) (?:for|to) (?:the |all )?(?:ai\b|assistant|model|agent|llm)"
        + @"|\blanguage models?\b|\bif you are an? (?:ai|assistant|llm)|\bsystem(?: note| instruction| message)?:",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addressed();

    /// <summary>An address outside.</summary>
    [GeneratedRegex(
        @"\b(?:to|open|call|post|visit|fetch|sent|copy)\b[^.\n]{0,30}?(?:https?://|[\w.+-]+@[\w-]+\.\w)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Outside();

    /// <summary>How something else is to be used.</summary>
    [GeneratedRegex(
        @"\b(?:any|every|all|before|after) (?:each )?(?:other )?(?:tools?|calls?)\b|\bwhen(?:ever)? any other\b|\binstead of (?:any|all) other\b"
        + @"|\bwhatever the user\b|\bfor any request\b|\b(?:do not|never) use any other\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Others();

    /// <summary>Every pattern, for the test that walks them.</summary>
    public static IEnumerable<Regex> Patterns => [Secrecy(), Showing(), Private(), Reading(), Passing(), Addressed(), Outside(), Others()];

    /// <summary>The probability that a description asks for something hidden.</summary>
    /// <param name="text">The description.</param>
    /// <param name="asked">What the head says of it.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static double Judge(ReadOnlySpan<char> text, double asked, CancellationToken cancellation)
    {
        if (!text.ContainsAny(May))
        {
            return 0;
        }

        var (most, isSecret) = (0, false);
        for (var start = 0; start < text.Length && most < 2; start += Near / 2)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = text[start..Math.Min(text.Length, start + Near)];
            var signs = 0;
            foreach (var sign in Kinds)
            {
                signs += sign.IsMatch(window) ? 1 : 0;
            }

            // One place: that it is to be read says more than that it is named. An address alone makes no pair, descriptions have examples.
            var isRead = Reading().IsMatch(window);
            var isOfThePerson = isRead || Private().IsMatch(window);
            signs += isOfThePerson ? 1 : 0;
            signs += isOfThePerson && Showing().IsMatch(window) ? 1 : 0;
            signs += isRead && Passing().IsMatch(window) ? 1 : 0;
            signs += signs >= 1 && asked >= OutsideBar && Outside().IsMatch(window) ? 1 : 0;

            most = Math.Max(most, signs);
            isSecret |= signs > 0 && Secrecy().IsMatch(window);
            if (start + Near >= text.Length)
            {
                break;
            }
        }

        return most >= 2 ? Math.Max(asked, 1 - Math.Pow(0.5, most)) : most >= 1 && asked >= (isSecret ? SecretBar : Bar) ? asked : 0;
    }

    private static readonly Regex[] Kinds = [Secrecy(), Addressed(), Others()];
}
