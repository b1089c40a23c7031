using System.Buffers;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Finds the value that a word such as "password" announces, and judges it.</summary>
internal static class SecretVerifier
{
    private const int ShortestBareKey = 16;
    private const int LongSetting = 32;
    private const int LongBareKey = 24;
    private const int OwnerReach = 28;

    private static readonly SearchValues<string> OtherKeys = SearchValues.Create(
        ["public", "cache", "primary", "sort", "partition", "foreign", "object", "s3", "idempotency", "dedup", "finger", "host", "map", "row", "file", "routing", "site", "hash", "etag", "check", "content",
            "request", "trace", "document", "blob", "asset", "image", "event", "record", "node", "commit", "lookup", "group", "translation", "correlation"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Trials = SearchValues.Create(
        ["spec", "fixture", "test", "assert", "expect", "mock", "dummy", "sample", "example", "demo", "filtered"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Algorithms = SearchValues.Create(["sha", "md5", "hash", "digest", "checksum", "commit", "etag", "fingerprint", .. SpokenWords.DigestNames],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Counted = SearchValues.Create("文字桁位回個个日天年月週周分時时秒次자글일회개분");
    private static readonly SearchValues<char> Counts = SearchValues.Create("0123456789/");
    private static readonly SearchValues<char> Groups = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly SearchValues<string> Owners = SearchValues.Create(
        ["api", "auth", "secret", "credential", "token", "stripe", "client", "private", "license", "terminal", "merchant", "payment", "acquirer", "webhook",
            "gateway", "viewer", "ingest", "stream", "rtmp", "vpn", "wireguard", "preshared", "pre-shared"],
        StringComparison.OrdinalIgnoreCase);

    public static Verdict Password(in Match match) => Verify(match, SecretKind.Password);

    /// <summary>Behind the name that the word stands in, where that may name such a secret.</summary>
    public static int? PasswordOutlook(in Match soFar, int known) => Outlook(soFar, SecretKind.Password);

    public static int? KeyOutlook(in Match soFar, int known) => Outlook(soFar, SecretKind.Key);

    public static int? TokenOutlook(in Match soFar, int known) => Outlook(soFar, SecretKind.Token);

    public static int? SecretOutlook(in Match soFar, int known) => Outlook(soFar, SecretKind.Secret);

    public static int? PinOutlook(in Match soFar, int known) => Outlook(soFar, SecretKind.Pin);

    private static int? Outlook(in Match soFar, SecretKind kind) =>
        SecretName.IsKnown(soFar.Text, soFar.Start, soFar.Length) && !SecretName.TryRead(soFar.Text, soFar.Start, soFar.Length, kind, out _) ? null : soFar.Length;

    public static Verdict Key(in Match match) => Verify(match, SecretKind.Key);

    public static Verdict Token(in Match match) => Verify(match, SecretKind.Token);

    /// <summary>A key of which only the surroundings say whose it is: <c>api:</c>, and <c>key: x</c> below.</summary>
    public static Verdict BareKey(in Match match)
    {
        var before = match.Text[..match.Start];
        if (NamesOwner(before) && Verify(match, SecretKind.Key) is { Length: >= ShortestBareKey } owned)
        {
            return owned;
        }

        // AAAAA-BBBBB-CCCCC: the key of a product.
        var key = Verify(match, SecretKind.Key);
        if (key.Length == 0 || IsDigest(match.Text, new PossibleValue(match.Start + key.Offset, key.Length, ValueForm.Said, Quoted: false, Continues: false)))
        {
            return Verdict.No;
        }

        if (match.Start > 1 && match.Text[match.Start - 1] == '_' && char.IsAsciiLetterUpper(match.Value[0]) && key.Length >= LongSetting && !NamesOtherKey(before)
            && match.Text[(match.Start + match.Length)..(match.Start + key.Offset)].TrimEnd("\"' ") is ['='])
        {
            // MDM_KEY='x' of a shell.
            return key;
        }

        if (match.Start > 0 && match.Text[match.Start - 1] is '?' or '&' && match.At(match.Length) == '=' && key.Length >= LongBareKey && !NamesOtherKey(before)
            && IsRandom(match.Text.Slice(match.Start + key.Offset, key.Length)))
        {
            // https://fields.example/v4/export?key=x
            return key;
        }

        if (match.Start > 0 && char.IsUpper(match.Value[0]) && char.IsLower(match.Text[match.Start - 1]) && key.Length >= LongSetting && !NamesOtherKey(before)
            && IsRandom(match.Text.Slice(match.Start + key.Offset, key.Length)) && match.Text[(match.Start + match.Length)..(match.Start + key.Offset)].Trim("\"'=: ").IsEmpty)
        {
            // AppSKey 3B1F..., nwkKey: "3b1f...".
            return key;
        }

        // What is called so in a sentence of another language than code's is no name of a cache, a sort order or a map.
        var value = match.Text.Slice(match.Start + key.Offset, key.Length);
        var behind = match.Start + key.Offset + key.Length;
        var between = match.Text[(match.Start + match.Length)..(match.Start + key.Offset)];
        if ((match.Truncated && behind + 1 >= match.Text.Length) || between.Contains("md5", StringComparison.OrdinalIgnoreCase)
            || between.Contains("sha", StringComparison.OrdinalIgnoreCase))
        {
            // What the window cuts off, or a digest.
            return Verdict.No;
        }

        var line = match.Text[behind..Math.Min(match.Text.Length, behind + OwnerReach)];
        if (key.Length >= ShortestBareKey && (NamesOwner(between) || (line.StartsWith(" (") && NamesOwner(line))))
        {
            // "the key for the maps API is x", "key: x (maps API)".
            return key;
        }

        return IsProductKey(value) || (!match.Value.StartsWith("serial", StringComparison.OrdinalIgnoreCase) && IsDrawn(value) && !NamesOtherKey(before))
            || (value.Length >= LongBareKey && !match.Value.StartsWith("key", StringComparison.OrdinalIgnoreCase)
            && !match.Value.StartsWith("serial", StringComparison.OrdinalIgnoreCase)) ? key : Verdict.No;
    }

    public static Verdict Secret(in Match match) => Verify(match, SecretKind.Secret);

    /// <summary>A short number; the pin of a plug or a chip is none.</summary>
    public static Verdict Pin(in Match match) =>
        Spoken.EntryWords.IsOfDevice(match.Text, match.Start) || match.Value is "tan" or "Tan" ? Verdict.No : Verify(match, SecretKind.Pin);

    private static Verdict Verify(in Match match, SecretKind kind)
    {
        var text = match.Text;
        if (!SecretName.TryRead(text, match.Start, match.Length, kind, out var name))
        {
            return Verdict.No;
        }

        var value = AssignmentReader.Read(text, name);
        if (value.Length > 0)
        {
            var score = SecretValue.Score(text.Slice(value.Start, value.Length), kind, value);
            if (score >= 0.5)
            {
                return IsNextSetting(text, name.End, value) || IsTrial(text, value) || IsCited(text, value) ? Verdict.No : Found(match, value, score);
            }

            // What a program assigns is decided; behind a colon a sentence may follow.
            if (value.Form is not (ValueForm.Assigned or ValueForm.Said) || text[value.Start - 1] == '=' || text[value.Start - 2] == '='
                || (value.Quoted && text[name.End] != ' '))
            {
                return Verdict.No;
            }
        }

        if (value.Length == 0 && IsEmptySetting(text, name.End))
        {
            // PASSWORD= and nothing more: what stands in the next line is another setting.
            return Verdict.No;
        }

        if ((name.End < text.Length && text[name.End] == '"' && name.End + 1 < text.Length && text[name.End + 1] is ':' or ',') || IsDenied(text, name.Start))
        {
            // A key of JSON is followed by its own value, or by none; "no password" by none either.
            return Verdict.No;
        }

        return SentenceReader.Read(text, name, kind, out var said) is { Length: > 0 } spoken && !IsNextSetting(text, name.End, spoken) && !IsOfAnotherSetting(text, name.End,
            spoken) && !IsTrial(text, spoken) && !IsDigest(text, spoken) ? Found(match, spoken, said) : Verdict.No;
    }

    /// <summary>Behind "the new one is": a value that nothing else looks like.</summary>
    public static Verdict NewOne(in Match match) =>
        Verify(match, SecretKind.Password) is { Length: > 0 } verdict && SentenceReader.IsStrong(match.Text.Slice(match.Start + verdict.Offset, verdict.Length)) ? verdict : Verdict.No;

    /// <summary>Capitals, small letters and digits in turns, as long as keys are.</summary>
    private static bool IsDrawn(ReadOnlySpan<char> value) => value.Length >= LongBareKey && new ValueShape(value) is { Uppers: >= 3, Lowers: >= 3, Digits: >= 2, Changes: >= 3 };

    /// <summary>Drawn, or so many digits of hexadecimal numbers that it names nothing.</summary>
    private static bool IsRandom(ReadOnlySpan<char> value) => IsDrawn(value) || (value.Length >= LongSetting && !value.ContainsAnyExcept(Alphabets.Hex));

    /// <summary>The value of an indented setting in a line below: <c>  - configMapRef:</c> and <c>      name: x</c>.</summary>
    private static bool IsOfAnotherSetting(ReadOnlySpan<char> text, int end, in PossibleValue value)
    {
        var between = text[end..value.Start];
        var line = between[(between.LastIndexOf('\n') + 1)..];
        return line.Length < between.Length && line.StartsWith("  ") && line.TrimEnd(" \"'") is [.., ':'] key && !key.Trim().ContainsAny(' ', '"')
            && !PlaceholderValues.NamesSecret(key);
    }

    /// <summary>The name of the setting in a line below: <c>timeout: 30</c>.</summary>
    private static bool IsNextSetting(ReadOnlySpan<char> text, int end, in PossibleValue value)
    {
        var behind = value.Start + value.Length;
        return !value.Quoted && text[end..value.Start].Contains('\n') && behind < text.Length && text[behind] is ':' or '=';
    }

    /// <summary>Two words in the quotes of a sentence: what a screen says (<c>hasło: „nieprawidłowe dane”</c>). Settings have straight ones. What stands between
    /// those of a shell (<c>=`pass show db`</c>) is run.</summary>
    private static bool IsCited(ReadOnlySpan<char> text, in PossibleValue value) =>
        (value.Quoted && value.Start > 1 && text[value.Start - 1] == '`' && text[value.Start - 2] == '=' && text.Slice(value.Start, value.Length).Contains(' '))
        || value.Quoted && text[value.Start - 1] is '„' or '“' or '”' or '«' or '»' or '‘' or '’' && text.Slice(value.Start, value.Length).Trim(' ') is var words
        && words.Count(' ') == 1 && new ValueShape(words) is { IsWords: true };

    /// <summary>What nobody keeps anything with, in a line that speaks of trying things out: <c>assert pin == "0000"</c>.</summary>
    private static bool IsTrial(ReadOnlySpan<char> text, in PossibleValue value)
    {
        var written = text.Slice(value.Start, value.Length);
        if (written.ContainsAnyExcept(written[0]) && written is not ("1234" or "12345" or "123456" or "demo" or "test" or "abc" or "password" or "secret" or "x"))
        {
            return false;
        }

        var start = text[..value.Start].LastIndexOf('\n') + 1;
        var line = text[value.Start..].IndexOf('\n');
        return text[start..(line < 0 ? text.Length : value.Start + line)].ContainsAny(Trials);
    }

    private static bool IsEmptySetting(ReadOnlySpan<char> text, int end)
    {
        var at = ValueReader.SkipBlanks(text, end);
        if (at >= text.Length || text[at] != '=')
        {
            return false;
        }

        at = ValueReader.SkipBlanks(text, at + 1);
        return at >= text.Length || text[at] is '\n' or '\r' or '#' or ';';
    }

    /// <summary>As long as a digest is, in a line that names its algorithm.</summary>
    private static bool IsDigest(ReadOnlySpan<char> text, in PossibleValue value)
    {
        if (value.Length is not (32 or 40 or 64 or 128) || text.Slice(value.Start, value.Length).ContainsAnyExcept(Alphabets.Hex))
        {
            return false;
        }

        var line = text[(text[..value.Start].LastIndexOf('\n') + 1)..value.Start];
        return line.ContainsAny(Algorithms);
    }

    private static bool IsDenied(ReadOnlySpan<char> text, int at)
    {
        for (var words = 0; words < 2; words++)
        {
            while (at > 0 && text[at - 1] == ' ')
            {
                at--;
            }

            var end = at;
            while (at > 0 && char.IsLetter(text[at - 1]))
            {
                at--;
            }

            if (end == at || SpokenWords.Denies(text[at..end]))
            {
                return end > at;
            }
        }

        return false;
    }

    private static bool NamesOwner(ReadOnlySpan<char> text) => text.ContainsAny(Owners);

    private static bool NamesOtherKey(ReadOnlySpan<char> before)
    {
        before = before[Math.Max(0, before.Length - OwnerReach)..];
        return before.ContainsAny(OtherKeys);
    }

    private static bool IsProductKey(ReadOnlySpan<char> value)
    {
        var groups = 0;
        foreach (var range in value.Split('-'))
        {
            if (value[range] is not { Length: >= 4 and <= 8 } group || group.ContainsAnyExcept(Groups))
            {
                return false;
            }

            groups++;
        }

        return groups >= 3 && value.ContainsAny(Alphabets.Digit);
    }

    /// <summary>So many characters, days or times (<c>12文字以上</c>, <c>90日ごとに</c>, <c>短信中的6位数字</c>): said of passwords, and none.</summary>
    private static bool IsCount(ReadOnlySpan<char> value)
    {
        var start = value.IndexOfAnyInRange('0', '9');
        var digits = start < 0 ? -1 : value[start..].IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and <= 3 && Counted.Contains(value[start + digits]) && !value.ContainsAny(Alphabets.Letter);
    }

    /// <summary>A number of something else: <c>PR 41882</c>, <c>4118 of 5000</c>, <c>4118/5000 users</c>.</summary>
    private static bool IsOfOthers(ReadOnlySpan<char> text, in PossibleValue value) =>
        !text.Slice(value.Start, value.Length).ContainsAnyExcept(Counts)
        && (SpokenWords.Numbers(text, value.Start) || SpokenWords.Counts(text, value.Start + value.Length));

    private static Verdict Found(in Match match, in PossibleValue value, double score) =>
        (value.Form is ValueForm.Said or ValueForm.Mentioned or ValueForm.Assigned or ValueForm.Call
            && (match.Text[..value.Start].Contains("$ANSIBLE_VAULT;", StringComparison.Ordinal) || Spoken.Examples.Precede(match.Text, value.Start) || Spoken.Examples.Follow(match.Text, value.Start + value.Length)))
        || (value.Form is ValueForm.Said or ValueForm.Mentioned && SpokenWords.NamesOther(match.Text, value.Start, value.Length))
        || (value is { Form: ValueForm.Said or ValueForm.Mentioned or ValueForm.Assigned, Quoted: false } && IsCount(match.Text.Slice(value.Start, value.Length)))
        || IsOfOthers(match.Text, value) ? Verdict.No
        : new(value.Length, score) { Offset = value.Start - match.Start };
}
