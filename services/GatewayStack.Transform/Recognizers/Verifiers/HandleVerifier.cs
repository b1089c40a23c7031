using System.Buffers;
using GatewayStack.Transform.Recognizers.Cues;
using GatewayStack.Transform.Recognizers.Handles;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>A handle in a chat (<c>@jane_doe</c>), told from annotations, decorators, style rules, and packages.</summary>
internal static class HandleVerifier
{
    private static readonly CueSet Networks = CueSet.Of(CueKind.Username);

    private static readonly SearchValues<char> Code = SearchValues.Create("$;");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Annotations = new HashSet<string>(
        ("param|params|return|returns|throws|throw|exception|see|since|deprecated|override|author|version|link|code|media|import|keyframes|font-face|charset|supports|layer|page|property|staticmethod|classmethod|dataclass|pytest|app|test|" +
        "before|after|beforeeach|aftereach|autowired|component|service|repository|controller|restcontroller|bean|configuration|entity|table|column|id|get|post|put|delete|patch|requestmapping|getmapping|postmapping|pathvariable|" +
        "requestbody|requestparam|transactional|data|builder|getter|setter|nullable|nonnull|notnull|valid|size|injectable|input|output|viewchild|ngmodule|inject|module|types|type|typedef|example|default|private|public|protected|" +
        "internal|abstract|todo|fixme|suppresswarnings|functionalinterface|safevarargs|inheritdoc|brief|file|license|copyright|ignore|internal|readonly|static|final|async|cached|lru_cache|wraps|contextmanager|abstractmethod|fixture|mock|" +
        "everyone|here|channel|all|team|everybody|group|alle|allen|alles|iedereen|todos|todas|tutti|tutte|tous|toutes|wszyscy|alla|kanal|canal|support|security|helpdesk|ops|" +
        "devops|dev|devs|admins|admin|mods|moderators|sales|marketing|" +
        "hr|finance|legal|design|frontend|backend|infra|platform|oncall|on-call|staff|crew|board|office|reception|kitchen|night|day|qa|sre|leads|managers|maintainers|" +
        "reviewers|owners|component|input|property|attribute|select|count|date|value|" +
        "position|row|context|current|parent|child|self|this|annotation|inheritdoc|noinspection|click|submit|change|keyup|keydown|update|close|open|save|scope|pre|post|rem|" +
        "echo|off|goto|setlocal|endif|section|yield|parent|slot|props|vite|" +
        "include|extend|mixin|apply|tailwind|else|if|each|for|end|section|yield|extends|foreach|csrf|latest|next|beta|alpha|stable|master|main|head|v1|v2|v3|v4|localhost|" +
        "host|job|task|route|model|use")
            .Split('|'), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static Verdict Verify(in Match match)
    {
        var name = match.Value[1..].TrimEnd(".-_");
        var length = name.Length + 1;
        var next = match.At(length);
        if (name.Length is < 3 or > 30 || !name.ContainsAnyExcept(Alphabets.Digit) || Annotations.Contains(name)
            || match.At(-1) is '/' or '\\' or '.' or '_' or '-' or '&' or '=' or '@' or '*' or '%'
            || NoNames.IsPost(name) || IsOfGroup(name) || IsIndented(match, next) || IsInMarkup(match)
            || next is '/' or '(' or '@' or '{' or '=' || (next == '-' && char.IsLetterOrDigit(match.At(length + 1))) || (next == ' ' && match.At(length + 1) == '='))
        {
            return Verdict.No;
        }

        // In the languages that mark lists with this sign no line is a sentence.
        var from = match.Text[..match.Start].LastIndexOf('\n') + 1;
        if (match.Text[from..].ContainsAny(Code))
        {
            return Verdict.No;
        }

        if (match.At(-1) is '\n' or '\0' or ' ' && next is '\n' or '\r' or '\0' && name.Contains('.') && Annotations.Contains(name[..name.IndexOf('.')]))
        {
            // A decorator: @pytest.fixture.
            return Verdict.No;
        }

        var around = Surroundings.Read(match, match.Start, match.Start + length);
        if (around.Says(Networks))
        {
            return new Verdict(length, LogOdds.ToProbability(3));
        }

        if (match.At(-1) is '"' or '\'' or '(' or '[' || next is '"' or '\'')
        {
            return Verdict.No;
        }

        var marked = name.ContainsAny(Alphabets.Digit) || name.Contains('_');
        var inSentence = match.At(-1) == ' ' && next != '(' && match.At(-2) is var before && (char.IsLetter(before) || before is ',' or ':' or ';' or ')')
            && next is ' ' or ',' or '.' or '!' or '?' or ':' or ';' or '\n' or '\r' or '\0';
        inSentence |= match.At(-1) is '\n' or '\0' && next == ' ' && (char.IsAsciiLetterLower(match.At(length + 1)) || match.At(length + 1) == '@');
        inSentence |= match.At(-1) is '\n' or '\0' && next == ' ' && match.At(length + 1) is ':' or '–' or '—' or '-';
        var capitals = char.IsAsciiLetterUpper(name[0]) && !marked;
        return marked && (inSentence || next is ' ' or ',' or '!' or '?' or ':') ? new Verdict(length, LogOdds.ToProbability(1.2))
            : inSentence && !capitals && char.IsAsciiLetter(name[0]) ? new Verdict(length, LogOdds.ToProbability(0.5))
            : Verdict.No;
    }

    /// <summary>Of several at once, or of a post that whoever is on duty fills: <c>@security-team</c>, <c>@ops.oncall</c>.</summary>
    private static bool IsOfGroup(ReadOnlySpan<char> name)
    {
        var last = name[(name.LastIndexOfAny('-', '_', '.') + 1)..];
        return last.Length < name.Length && last is "team" or "teams" or "ops" or "oncall" or "leads" or "admins" or "devs" or "squad" or "group" or "all" or "support"
            or "bot" or "maintainers"
            or "reviewers" or "owners" or "staff" or "crew" or "desk" or "core";
    }

    /// <summary>An attribute of a program's: <c>  @max_age 15 * 60</c>.</summary>
    private static bool IsIndented(in Match match, char next) =>
        next is ' ' or '\n' or '\r' or '\0' && match.At(-1) is ' ' or '\t' && match.At(-2) is ' ' or '\t' or '\n' or '\0'
            && match.Text[(match.Text[..match.Start].LastIndexOf('\n') + 1)..match.Start].Trim().IsEmpty;

    /// <summary>An attribute of XPath: <c>select="concat(@date, @units * 6)"</c>.</summary>
    private static bool IsInMarkup(in Match match)
    {
        var line = match.Text[(match.Text[..match.Start].LastIndexOf('\n') + 1)..match.Start];
        return line.TrimStart() is ['<', ..] && line.Contains("=\"", StringComparison.Ordinal);
    }
}
