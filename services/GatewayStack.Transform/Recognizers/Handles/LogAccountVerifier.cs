using System.Buffers;
using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>The name of an account where only the form says so: a field of a log or of JSON, a command, a comment, a setting of SSH.</summary>
internal static class LogAccountVerifier
{
    private const int Shortest = 3;
    private const int Longest = 40;
    private const double Sure = 0.85;
    private const double Likely = 0.7;

    /// <summary>A listing has nothing else in that place.</summary>
    private const double Owned = 0.9;

    private static readonly SearchValues<char> Modes = SearchValues.Create("drwxlsStT-+@.");

    private static readonly SearchValues<char> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-\\");

    private static readonly SearchValues<char> Account = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-\\äöüßéèàñçÄÖÜ");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Said = WordSet.Of(
        "user username usr uname login loginname logname benutzername nombre_usuario nome_utente nom_utilisateur "
            + "nazwa_uzytkownika användarnamn gebruikers_naam ruser userid user_id benutzer nutzer kennung anmeldename gebruiker gebruikersnaam inlognaam utilisateur identifiant usuario "
            + "utente utenza użytkownik "
        + "uzytkownik användare anvandare anvandarnamn utilizador usuário nick handle sudo_user account_name samaccountname sam upn principal authuser remote_user auth_user "
            + "basic_user smtp_user");

    private static readonly string[] Ssh = ["Host ", "HostName", "IdentityFile", "ProxyJump", "ForwardAgent", "Port "];

    /// <summary>Keys of fields. What a value has to be depends on how much the key says.</summary>
    public static readonly string[] Keys =
    [
        "user", "username", "usr", "uname", "login", "loginname", "benutzername", "nombre_usuario", "nome_utente", "nom_utilisateur", "nazwa_uzytkownika", "användarnamn",
            "logname", "ruser", "userid", "user_id", "benutzer", "nutzer", "kennung", "anmeldename", "gebruiker", "gebruikersnaam", "inlognaam",
        "utilisateur", "identifiant", "usuario", "utente", "utenza", "użytkownik", "uzytkownik", "användare", "anvandare", "anvandarnamn", "utilizador", "usuário", "nick", "handle", "sudo_user",
        "account_name", "samaccountname", "upn", "principal", "authuser", "remote_user", "auth_user", "by", "owner", "author", "committer", "actor", "agent", "operator", "reviewer", "approver",
        "handler", "assignee", "requester", "reporter", "reportedby", "reported_by", "createdby", "created_by", "updatedby", "updated_by", "modifiedby", "modified_by", "approvedby", "approved_by",
        "changedby", "changed_by", "deletedby", "deleted_by", "lockedby", "locked_by", "grantedby", "granted_by", "requestedby", "requested_by", "assignedto", "assigned_to", "performedby",
        "closedby", "closed_by", "openedby", "opened_by", "loggedby", "signedby", "pushedby", "pushed_by", "mergedby", "merged_by", "triggeredby", "triggered_by", "run_as", "runas", "sender",
        "driver", "backup", "primary", "secondary", "oncall", "on_call", "on-call", "maintainer", "lead", "who", "member", "player", "account", "acct", "medewerker", "behandelaar", "sachbearbeiter",
        "bearbeiter", "bediener", "opérateur", "operateur", "operador", "operatore", "operatör", "tecnico", "técnico", "technician", "technicien", "techniker", "handläggare", "agente",
        "konto", "compte", "cuenta", "conta", "kürzel", "kuerzel", "clerk", "cashier", "picker", "analyst", "engineer", "nurse", "radiographer", "responsable", "gracz", "joueur", "spieler",
        "autor", "auteur", "autore", "erstellt_von", "utworzyl", "zmienil", "cree_par", "creado_por", "creato_da", "criado_por", "skapad_av", "aangemaakt_door", "peer", "subject", "identity", "fromuser",
    ];

    /// <summary>What people do that logs and tickets tell of.</summary>
    public static readonly string[] Deeds =
    [
        .. "started|triggered|launched|run|ran|deployed|approved|rejected|requested|opened|closed|reopened|assigned|answered|searched|found|noticed|reported|touched|changed|edited|modified|updated|created|deleted|removed|unlocked|locked|reset|granted|revoked|acknowledged|signed off|merged|reviewed|cancelled|restarted|stopped|drained|impersonated|escalated|uploaded|downloaded|exported|printed|released"
            .Split('|').Select(d => d + " by "),
        "accepted key for ", "accepted publickey for ", "accepted password for ", "gestartet von ", "gestartet durch ", "geladen von ", "geladen durch ", "geändert von ", "geändert durch ", "angelegt von ",
        "freigegeben von ", "freigegeben durch ", "gesperrt von ", "ausgelöst von ", "lancé par ", "validé par ", "modifié par ", "créé par ", "ouvert par ", "fermé par ", "iniciado por ", "modificado por ",
        "creado por ", "aprobado por ", "criado por ", "alterado por ", "aprovado por ", "avviato da ", "modificato da ", "creato da ", "approvato da ", "gestart door ", "gewijzigd door ", "aangemaakt door ",
        "goedgekeurd door ", "uruchomione przez ", "zmienione przez ", "utworzone przez ", "otwarty przez ", "startad av ", "ändrad av ", "skapad av ", "upptäckt av ",
    ];

    /// <summary><c>by=tmarchetti</c>, <c>"driver": "eoin.b"</c>, <c>primary.login = hvandrie</c>.</summary>
    public static Verdict Field(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var previous = match.At(-1);
        if (previous is '<' or ':' && at < text.Length && text[at] == '>')
        {
            return Element(match, at + 1);
        }

        if (!MayBegin(previous))
        {
            return Verdict.No;
        }

        at = SignAt(text, at, out var blanks);
        if (at >= text.Length || text[at] is not (':' or '=') || text[at - 1] is ':')
        {
            return Verdict.No;
        }

        var mark = text[at];
        at += at + 1 < text.Length && mark == '=' && text[at + 1] == '>' ? 1 : 0;
        var isTight = mark == '=' && blanks == at && at + 1 < text.Length && text[at + 1] != ' ';
        at = ValueReader.SkipBlanks(text, at + 1);
        var isQuoted = at < text.Length && text[at] is '"' or '\'' or '<';
        at += isQuoted ? 1 : 0;
        if (previous is not '_' && Said.Contains(match.Value) && Beside(match, at) is { Length: > 0 } beside)
        {
            return beside;
        }

        var name = NameAt(text, at, out var next);
        if (name.IsEmpty || (mark == '=' && !isTight && !isQuoted && !IsOfSettings(match, at + name.Length)))
        {
            return Verdict.No;
        }

        var isSaid = Said.Contains(match.Value) && previous is not '_';
        return (isSaid ? LoginShape.IsLogin(name) : LoginShape.IsPersonal(name))
            && !(name.IndexOf('.') is > 0 and var dot && name[..dot] is "var" or "local" or "data" or "module" or "self" or "this")
            && next is ' ' or '\n' or '\r' or '\t' or '\0' or '"' or '\'' or ',' or ';' or ')' or ']' or '}' or '>'
            ? new Verdict(name.Length, isSaid ? Sure : Likely) { Offset = at - match.Start }
            : Verdict.No;
    }

    /// <summary>Behind the sign of the field.</summary>
    public static int? FieldOutlook(in Match soFar, int known)
    {
        var text = soFar.Text;
        var at = soFar.Start + soFar.Length;
        var previous = soFar.At(-1);
        if (at >= text.Length || (previous is '<' or ':' && text[at] == '>'))
        {
            return at - soFar.Start;
        }

        at = MayBegin(previous) ? SignAt(text, at, out _) : text.Length;
        return MayBegin(previous) && (at + 1 >= text.Length || text[at] is ':' or '=') ? at - soFar.Start : null;
    }

    private static bool MayBegin(char previous) => !(char.IsLetterOrDigit(previous) || previous is '$' or '/' or '@' or '-' or '<' or '{');

    /// <summary>What stands behind a field's name, its quote, blanks and a form's dots.</summary>
    private static int SignAt(ReadOnlySpan<char> text, int at, out int blanks)
    {
        at += at < text.Length && text[at] is '"' or '\'' ? 1 : 0;
        blanks = at;
        at = ValueReader.SkipBlanks(text, at);
        while (at + 1 < text.Length && text[at] == '.' && text[at + 1] is '.' or ':' or ' ')
        {
            at++;
        }

        return ValueReader.SkipBlanks(text, at);
    }

    /// <summary>Between the tags that name a user, with the tags of a secret beside them.</summary>
    private static Verdict Element(in Match match, int at)
    {
        var text = match.Text;
        var name = NameAt(text, at, out var next);
        return next == '<' && Said.Contains(match.Value) && (LoginShape.IsLogin(name) || SecretBeside.Stands(text, match.Start, at + name.Length)) ? new Verdict(name.Length,
            Sure, at - match.Start)
            : next == '<' ? Beside(match, at) : Verdict.No;
    }

    /// <summary>What a setting for a user holds beside one for a secret, be it a number or a word for a machine.</summary>
    private static Verdict Beside(in Match match, int at)
    {
        var text = match.Text;
        var length = at < text.Length ? text[at..].IndexOfAnyExcept(Account) : 0;
        var name = at >= text.Length ? [] : (length < 0 ? text[at..] : text.Slice(at, length)).TrimEnd(".-_");
        var next = at + name.Length < text.Length ? text[at + name.Length] : '\0';
        return name.Length is >= 2 and <= Longest && char.IsLetterOrDigit(name[0]) && !SecretBeside.IsEverywhere(name) && !PlaceholderValues.Is(name)
            && !AccountSigns.IsPattern(name)
            && next is ' ' or '\n' or '\r' or '\t' or '\0' or '"' or '\'' or ',' or ';' or ')' or ']' or '}' or '>' or '<' or '/' or '@' && !(next == '@'
            && text[(at + name.Length)..].Length > 1 && text[at + name.Length + 1] != ' ')
            && (name.IndexOf('.') is var dot && (dot < 0 || !(name[..dot] is "var" or "local" or "data" or "module" or "self" or "this" or "config" or "settings" or "env"
            or "os" or "process")))
            && SecretBeside.Stands(text, match.Start, at + name.Length)
            ? new Verdict(name.Length, Sure, at - match.Start) : Verdict.No;
    }

    /// <summary>Directly behind words or signs that nothing but an account follows: <c>sudo: x : TTY</c>, <c>TODO(x)</c>, <c>new PSCredential("x"</c>.</summary>
    public static Verdict Directly(in Match match)
    {
        var text = match.Text;
        var at = ValueReader.SkipBlanks(text, match.Start + match.Length);
        at += at < text.Length && text[at] is '"' or '\'' ? 1 : 0;
        var name = NameAt(text, at, out var next);
        var isRight = match.Value[^1] switch
        {
            '(' when match.Value.Contains("o(", StringComparison.OrdinalIgnoreCase) || match.Value.Contains("e(", StringComparison.OrdinalIgnoreCase) =>
                next == ')' && LoginShape.IsPersonal(name),
            '(' => next is '"' or '\'',
            ':' => next == ' ' && text[(at + name.Length)..].TrimStart(' ') is [':', ' ', ..],
            _ => next is ' ' or '.' or ',' or '\n' or '\0' or '\'' or '"' or ')' or '(' or '@',
        };
        return !name.IsEmpty && isRight && !NoNames.IsThing(name) ? new Verdict(name.Length, Sure) { Offset = at - match.Start } : Verdict.No;
    }

    /// <summary>Behind what somebody has done: <c>deploy started by mkovalenko</c>.</summary>
    public static Verdict ByWhom(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        at += at < text.Length && text[at] is '"' or '\'' or '(' ? 1 : 0;
        var name = NameAt(text, at, out var next);
        return LoginShape.IsLogin(name) && next is ' ' or '.' or ',' or ';' or '\n' or '\r' or '\0' or '\'' or '"' or ')' or '(' or '@' && !NoNames.IsThing(name)
            ? new Verdict(name.Length, Sure) { Offset = at - match.Start }
            : Verdict.No;
    }

    /// <summary>In a listing of files: <c>-rw-r----- 1 hfitzroy research 88121 Feb 3 16:24 cohort.dta</c>.</summary>
    public static Verdict Owner(in Match match)
    {
        var text = match.Text;
        var mode = text[match.Start..];
        var length = mode.IndexOfAnyExcept(Modes);
        if (length is < 10 or > 11 || match.At(-1) is not ('\n' or '\0' or ' '))
        {
            return Verdict.No;
        }

        var links = ValueReader.SkipBlanks(text, match.Start + length);
        var at = links;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        var start = ValueReader.SkipBlanks(text, at);
        var name = at > links && start > at ? NameAt(text, start, out _) : [];
        return name.IsEmpty || text[(start + name.Length)..] is not [' ', ..] || NoNames.IsPost(name) || NoNames.IsThing(name)
            ? Verdict.No
            : new Verdict(name.Length, Owned) { Offset = start - match.Start };
    }

    /// <summary>Who works at a shell: <c>[x@host ~]$ </c>, <c>x@host:~/src$ </c>.</summary>
    public static Verdict Prompt(in Match match)
    {
        var name = match.Value[..match.Value.IndexOf('@')];
        return match.At(-1) is '\n' or '\0' or '[' && !SecretBeside.IsEverywhere(name) && !PlaceholderValues.Is(name) ? new Verdict(name.Length, Sure) : Verdict.No;
    }

    /// <summary>As whom a job runs: <c>CRON[2301]: (x) CMD</c>.</summary>
    public static Verdict Job(in Match match)
    {
        var text = match.Text;
        var open = text[match.Start..].IndexOf("]: (");
        var name = open is > 0 and < 20 ? NameAt(text, match.Start + open + 4, out var next) is var read && next == ')' ? read : [] : [];
        return name.IsEmpty || SecretBeside.IsEverywhere(name) ? Verdict.No : new Verdict(name.Length, Sure, open + 4);
    }

    /// <summary><c>ssh x@host</c>.</summary>
    public static Verdict Remote(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        for (var words = 0; words < 4 && at < text.Length; words++)
        {
            var name = NameAt(text, at, out var next);
            if (next == '@')
            {
                return !name.IsEmpty && !NoNames.IsThing(name) ? new Verdict(name.Length, Sure) { Offset = at - match.Start } : Verdict.No;
            }

            var blank = text[at..].IndexOf(' ');
            var line = text[at..].IndexOf('\n');
            if (blank < 0 || (line >= 0 && line < blank))
            {
                return Verdict.No;
            }

            at = ValueReader.SkipBlanks(text, at + blank);
        }

        return Verdict.No;
    }

    /// <summary>A line of the settings of SSH: <c>User x</c>.</summary>
    public static Verdict Setting(in Match match)
    {
        var text = match.Text;
        var line = text[(text[..match.Start].LastIndexOf('\n') + 1)..match.Start];
        var at = match.Start + match.Length;
        var name = NameAt(text, at, out var next);
        if (name.IsEmpty || line.ContainsAnyExcept(' ', '\t') || next is not ('\n' or '\r' or '\0') || NoNames.IsThing(name))
        {
            return Verdict.No;
        }

        foreach (var word in Ssh)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                return new Verdict(name.Length, Sure) { Offset = at - match.Start };
            }
        }

        return Verdict.No;
    }

    /// <summary>All of the line, in a file of settings, whose other lines are none of a program.</summary>
    private static bool IsOfSettings(in Match match, int end)
    {
        var text = match.Text;
        if (end < text.Length && text[end] is not ('\n' or '\r' or ' '))
        {
            return false;
        }

        var start = text[..match.Start].LastIndexOf('\n') + 1;
        foreach (var c in text[start..match.Start])
        {
            if (!(char.IsLetterOrDigit(c) || c is ' ' or '\t' or '.' or '_' or '-' or '#'))
            {
                return false;
            }
        }

        var around = text[..start];
        return !around.ContainsAny('(', ')', '{') && (around.IsEmpty || around.Contains('=') || around.Contains(']') || around.Contains(':'));
    }

    private static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> text, int at, out char next)
    {
        var length = at < text.Length ? text[at..].IndexOfAnyExcept(Name) : 0;
        var name = at >= text.Length ? [] : (length < 0 ? text[at..] : text.Slice(at, length)).TrimEnd(".-_");
        next = at + name.Length < text.Length ? text[at + name.Length] : '\0';
        return name.Length is < Shortest or > Longest || !char.IsAsciiLetter(name[0]) || NoNames.IsWord(name) || PlaceholderValues.Is(name) || References.IsLocation(name)
            || new ValueShape(name) is { Lowers: 0 } ? [] : name;
    }
}
