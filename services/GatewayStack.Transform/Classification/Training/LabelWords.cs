using System.Text.RegularExpressions;
using GatewayStack.Transform.Classification.Models;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>Words that may belong to a label. Texts of others are not marked, and those that hold one are left out rather than taken for harmless.</summary>
internal static partial class LabelWords
{
    /// <summary>Whether a text may be about a label.</summary>
    public static bool MayBeAbout(string label, string text) => label switch
    {
        Heads.Financial => Money().IsMatch(text),
        Heads.Medical => Health().IsMatch(text),
        Heads.Legal => Law().IsMatch(text),
        Heads.SourceCode => Code().IsMatch(text),
        Heads.Hr => Work().IsMatch(text),
        Heads.Minors => Children().IsMatch(text),
        Heads.Harmful => Harm().IsMatch(text),
        _ => false,
    };

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"\b(bank|account|credit|debit|card|loan|mortgage|invest|stock|shares?\b|tax|money|pay|paid|payment|bill|balance|transfer|"
        + @"interest|apr\b|401|ira\b|retire|saving|checking|deposit|spend|spent|cost|price|dollar|euro|income|salar|rewards|"
        + @"transaction|fraud|insurance|budget|financ|fund|direct deposit|w-?2|currency|exchange|market|econom|profit|revenue|konto|"
        + @"geld|steuer|bank)",
        Options)]
    private static partial Regex Money();

    [GeneratedRegex(
        @"\b(health|doctor|hospital|medic|patient|disease|ill\b|illness|sick|pain|drug|surg|cancer|vaccin|shot\b|shots\b|symptom|"
        + @"diagnos|treat|therap|nurse|clinic|dentist|calorie|nutrition|diet|virus|covid|allerg|depress|mental|pregnan|krank|arzt|"
        + @"sucht)",
        Options)]
    private static partial Regex Health();

    [GeneratedRegex(
        @"\b(law|legal|lawyer|attorney|court|sue|sued|judge|trial|contract|agreement|lease|license|licence|patent|copyright|"
        + @"regulation|statute|crime|criminal|police|arrest|jury|verdict|constitution|rights|gesetz|recht|gericht)",
        Options)]
    private static partial Regex Law();

    [GeneratedRegex(@"(\b(code|program|python|java|sql|script|function|html|css|compiler|interpreter|software|api|app|print)\b|[{}<>;=]|\(\))", Options)]
    private static partial Regex Code();

    [GeneratedRegex(
        @"\b(pto|vacation|days off|salary|hire|hired|hiring|fired|job|employ|boss|manager|resign|resume|interview|wage|payday|"
        + @"paycheck|w-?2|colleague|coworker|recruit|career|work|office|arbeit)",
        Options)]
    private static partial Regex Work();

    [GeneratedRegex(
        @"\b(kid|child|baby|babies|teen|school|student|son\b|daughter|boy|girl|minor|toddler|pupil|parent|mom|dad|mother|father|"
        + @"jugend|kind|youth|young|grade|homework)",
        Options)]
    private static partial Regex Children();

    [GeneratedRegex(
        @"\b(kill|murder|bomb|weapon|gun\b|guns\b|shoot|shot\b|rape|drug|suicide|die\b|dead|attack|terror|hack|steal|stole|hate|"
        + @"nazi|racis|sex|porn|fuck|shit|bitch|nigg|fag|slut|cunt|fight|violen|abuse|war\b|poison|fraud|scam|phish|malware|blood|"
        + @"beat|stab)",
        Options)]
    private static partial Regex Harm();
}
