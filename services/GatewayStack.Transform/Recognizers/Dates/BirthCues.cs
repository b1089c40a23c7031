using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>Whether the words round a date say that somebody was born then. The nearest word that says anything decides.</summary>
internal static class BirthCues
{
    /// <summary>So many units before a date are looked at.</summary>
    public const int Reach = 240;

    private const int LongestWord = 20;
    private const int LongestSpeaker = 32;

    /// <summary>Between a cue and its date.</summary>
    private const string Joining = " \t:：=*\"'`()（）،,.|-–—·。、?？؟";

    /// <summary>Cues of several words, and of scripts that write marks round their letters.</summary>
    private static readonly string[] Phrases =
    [
        "जन्मतिथि", "जन्म तिथि", "जन्म दिनांक", "जन्मदिन", "जन्म तारीख", "जन्म", "জন্ম তারিখ", "জন্মতারিখ", "জন্মদিন", "জন্ম", "பிறந்த தேதி", "பிறந்த நாள்", "పుట్టిన తేదీ", "ಹುಟ್ಟಿದ ದಿನಾಂಕ",
        "ജനനത്തീയതി", "ജനന തീയതി", "જન્મ તારીખ", "ਜਨਮ ਮਿਤੀ", "วันเกิด", "วันเดือนปีเกิด", "วัน/เดือน/ปีเกิด", "วัน เดือน ปี เกิด", "เกิดวันที่", "เกิดเมื่อวันที่", "เกิดเมื่อ", "เกิดปี", "เกิด พ.ศ", "เกิด",
        "ngày sinh", "ngày tháng năm sinh", "năm sinh", "sinh ngày", "sinh năm", "تاريخ ميلاد", "ولد في", "ولدت في", "ولد بتاريخ", "ولدت بتاريخ", "ولد عام", "ولدت عام", "ולדת", "דאטע פון געבורט",
        "dată naștere", "data de naixement", "დაბადების თარიღი", "ծննդյան ամսաթիվ", "туған күні",
    ];

    private static readonly WordTable<bool> Words = Build(
        "born nasc nac nasceu naiss gebdat cumple nació nace birth birthday birthdate birthdays birthdate bday dob d.o.b bdate doby birthyear yob geboren geb geburtsdatum "
            + "geburtstag geburtsjahr né née naissance anniversaire nacimiento nacido "
        + "nacida nació cumpleaños nascimento nascido nascida nasceu aniversário nato nata nascita compleanno geboortedatum geboorte verjaardag urodzony urodzona urodzenia ur "
        + "född födelsedatum født fødselsdato fødselsdag syntynyt syntymäaika narozen narozena narození narozeniny született születési doğum doğumlu rođen rođena născut născută "
            + "nașterii рождения родился родилась "
        + "nar narodený narodená narodenia naroden rojen rojena rojstva rođenja датум рођења рођен рођена рођења роден родена рожд рождён рождена д.р нар народився народилася "
            + "народилась народження народжений народжена γεννήθηκε γεννημένος γεννημένη γεν γεννηθείς "
        + "szül szülidő születésű születésnap születésnapja synt syntymäpäivä född fødd fædd fæddur fæðingardagur sünd sündinud sünniaeg sünnikuupäev dzimis dzimusi dzimšanas "
            + "gimęs gimė gimimo lindur datëlindja naixement nascut nascuda nacemento jaio gebore lahir kelahiran kuzaliwa kapanganakan ipinanganak doğumluyum doğumludur "
            + "doğumluydu doğumlular nașterii naşterii născutã nascută n.născ urodzonego urodzonej urodzenie urodz nata nasc geborene geborener gebdatum geb.dat "
        + "الميلاد ميلاد ميلاده ميلادها مواليد مواليدها المولود المولودة تولد متولد زادروز پیدائش לידה הלידה לידתו לידתה נולד נולדה נולדתי יליד ילידת "
        + "р г.р γέννησης 出生日期 出生 生年月日 생년월일 생일 生日",
        "died death deceased passed issued issue expires expiry expiration expire valid hired hire started start starts end ended due created updated modified admitted "
            + "admission discharged "
        + "discharge visit visited appointment signed order ordered invoice delivered delivery shipped released release published since joined employed registered login meeting "
            + "seen effective "
        + "gestorben verstorben décès décédé fallecido fallecimiento ausgestellt gültig expedición vencimiento founded established built launched installed purchased "
        + "renewed submitted received paid payment sent scheduled deadline version commit");

    /// <summary>Tell of a birth, which projects, calves and companies have too; the others are the names of fields.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Telling = WordSet.Of(
        "born birth birthday birthdays nasc nasceu naiss cumple nació nace geboren geb geburtstag né née nacido nacida cumpleaños nascido nascida aniversário nato nata "
            + "compleanno verjaardag "
            + "nar narodený narodená нар народився народилася народилась народжений народжена рождён рождена рођен рођена роден родена γεννήθηκε szül születésű doğumluydu doğumludur "
            + "doğumluyum rojen rojena sündinud dzimis dzimusi gimęs gimė lahir נולד נולדה יליד ילידת مواليد "
            + "urodzony urodzona ur född født fødselsdag syntynyt narozen narozena narozeniny született doğumlu rođen rođena născut născută anniversaire");

    /// <summary>True where the word nearest to a date only tells of a birth, and nothing in its line says that it was somebody's.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="start">Where the date begins.</param>
    /// <param name="end">Where it ends.</param>
    public static bool MayBeOfThing(ReadOnlySpan<char> text, int start, int end)
    {
        var line = text[..start].LastIndexOf('\n') + 1;
        var stop = text[end..].IndexOf('\n') is var next and >= 0 ? end + next : text.Length;
        var told = false;
        ReadOnlySpan<char> word = [];
        for (var i = line; i < stop;)
        {
            var from = i;
            while (i < stop && char.IsLetter(text[i]))
            {
                i++;
            }

            if (i == from)
            {
                i++;
                continue;
            }

            var last = word;
            word = text[from..i];
            if ((AgeWords.Of(word) == AgeWord.Person && (word.Length == 1 || !char.IsUpper(word[1])))
                || (!Telling.Contains(word) && Words.TryGetValue(word, out var isBirth) && isBirth) || (last is "of" && word is "birth"))
            {
                return false;
            }

            told |= Telling.Contains(word);
        }

        return told;
    }

    /// <summary>True when a word says so.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="start">Where the date begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="distance">How far the word is from the date.</param>
    public static bool Are(ReadOnlySpan<char> text, int start, int end, out int distance)
    {
        distance = 0;
        return EndsInPhrase(text[..start]) || IsAnswer(text, start) || (Before(text, start, out distance) ?? After(text, end, out distance) ?? false);
    }

    /// <summary>True behind a list's announcement that names the date: <c>(name, date of birth, diet): Ann 3-4-2015 none; Bob ...</c>.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="start">Where the date begins.</param>
    public static bool AreAnnounced(ReadOnlySpan<char> text, int start)
    {
        var colon = text[..start].LastIndexOf(':');
        var cells = text[..Math.Max(0, colon)].TrimEnd(')');
        cells = cells[(cells.LastIndexOfAny("(\n") + 1)..];
        if (!cells.Contains(',') || cells.ContainsAny(Alphabets.Digit) || text[colon + 1] is not (' ' or '\n' or '\r'))
        {
            return false;
        }

        foreach (var range in cells.Split(','))
        {
            var cell = cells[range];
            if (EndsInPhrase(cell) || Before(cell, cell.Length, out _) == true)
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsInPhrase(ReadOnlySpan<char> before)
    {
        before = before.TrimEnd(Joining);
        foreach (var phrase in before.IsEmpty ? [] : Phrases)
        {
            if (before.EndsWith(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Your date of birth?", and in the next line who answers, in any script and with more than one name.</summary>
    private static bool IsAnswer(ReadOnlySpan<char> text, int start)
    {
        var line = text[..start].LastIndexOf('\n') + 1;
        var speaker = text[line..start].TrimEnd(' ');
        if (line == 0 || speaker.Length is < 2 or > LongestSpeaker || speaker[^1] != ':' || speaker.ContainsAny(Alphabets.Digit) || speaker[..^1].Contains(':'))
        {
            return false;
        }

        var question = text[..(line - 1)].TrimEnd(" \r");
        question = question[(question.LastIndexOf('\n') + 1)..];
        return question is [.., '?' or '？' or '؟'] && !question.ContainsAny(Alphabets.Digit) && (EndsInPhrase(question) || Before(question, question.Length, out _) == true);
    }

    private static bool? Before(ReadOnlySpan<char> text, int start, out int distance)
    {
        var i = start;
        var lines = 0;
        var words = 0;

        // "Your date of birth?", and in the next line who answers.
        var speaks = false;
        for (; ; )
        {
            while (i > 0 && !char.IsLetter(text[i - 1]))
            {
                i--;
                lines += text[i] == '\n' ? 1 : 0;
                if (lines > 1 || (text[i] == '\n' && words > (speaks ? 1 : 0)) || IsNumber(text, i))
                {
                    distance = 0;
                    return null;
                }
            }

            if (i == 0)
            {
                distance = 0;
                return null;
            }

            var end = i;
            while (i > 0 && end - i < LongestWord && (char.IsLetter(text[i - 1])
                || (text[i - 1] == '.' && i > 1 && char.IsLetter(text[i - 2]) && (end - i == 1 || (end - i == 3 && text[i + 1] == '.')))))
            {
                i--;
                if (char.IsUpper(text[i]) && i > 0 && char.IsLower(text[i - 1]))
                {
                    break;
                }
            }

            words++;
            speaks = words == 1 && end < text.Length && text[end] == ':';
            distance = start - end;
            if (!(end < text.Length && char.IsAsciiDigit(text[end])) && Words.TryGetValue(text[i..end], out var isBirth))
            {
                return isBirth;
            }

            if (WordStart.IsUnblanked(text[end - 1]) && EndsInCue(text[i..end]))
            {
                return true;
            }

            if (text[i..end] is "le" && i > 2 && text[i - 1] == '_' && text[..(i - 1)].EndsWith("ne", StringComparison.OrdinalIgnoreCase))
            {
                // A key: ne_le, nee_le.
                return true;
            }
        }
    }

    private static bool? After(ReadOnlySpan<char> text, int end, out int distance)
    {
        distance = 0;
        for (var i = end; i < text.Length && text[i] is not ('\n' or '.' or ';' or '|');)
        {
            if (!char.IsLetter(text[i]))
            {
                if (char.IsAsciiDigit(text[i]))
                {
                    return null;
                }

                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && char.IsLetter(text[i]))
            {
                i++;
            }

            distance = start - end;
            if (start == end && text[start..i] is ['出', '生', ..] or ['生', 'ま', 'れ', ..] or ['생', ..])
            {
                return true;
            }

            if (Words.TryGetValue(text[start..i], out var isBirth))
            {
                // The label of the next value says nothing of this one.
                var rest = text[i..].TrimStart(" \"'");
                return rest is [':' or '=', ..] || (rest.Length > 0 && char.IsAsciiDigit(rest[0])) ? null : isBirth;
            }
        }

        return null;
    }

    /// <summary>A cue of a script without blanks, at the end of a clause, and perhaps a particle behind it.</summary>
    private static bool EndsInCue(ReadOnlySpan<char> clause)
    {
        clause = clause.TrimEnd("はが于於在是为為은는이가");
        foreach (var cue in (ReadOnlySpan<string>)["出生", "出生日期", "生年月日", "誕生日", "生日", "生まれ", "생년월일", "생일"])
        {
            if (clause.EndsWith(cue, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where a longer number ends: what stands before it belongs to that one.</summary>
    private static bool IsNumber(ReadOnlySpan<char> text, int at) =>
        at >= 3 && char.IsAsciiDigit(text[at]) && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at - 2]) && char.IsAsciiDigit(text[at - 3]);

    private static WordTable<bool> Build(string birth, string other) =>
        new([.. birth.Split(' ').Distinct(StringComparer.OrdinalIgnoreCase).Select(w => KeyValuePair.Create(w, true)),
            .. other.Split(' ').Distinct(StringComparer.OrdinalIgnoreCase).Select(w => KeyValuePair.Create(w, false))]);
}
