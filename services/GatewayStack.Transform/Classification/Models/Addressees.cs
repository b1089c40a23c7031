using System.Text.RegularExpressions;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>Tells whether a text speaks to, or of, an assistant: what asks only people is written every day, in mails as in notices.</summary>
internal static partial class Addressees
{
    /// <summary>What assistants are called, what they do and what they have.</summary>
    [GeneratedRegex(
        @"\b(?:ais?|assistants?|(?:language|the) models?|llms?|agents?|(?:chat)?bots?|copilots?|gpt|the user(?:'?s)?|system prompt|prompt|conversation"
        + @"|(?:your|these|all|previous) (?:\w+ )?instructions|your (?:\w+ )?(?:answer|reply|response|output|summary)"
        + @"|assistenten?|asistentes?|assistentes?|ki|ia|sprachmodelle?|modelos? de lenguaje|modèles? de langage)\b",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Assistants();
}
