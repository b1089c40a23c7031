using System.Buffers;
using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>
/// Whether a word is written as logins are and words are not: <c>jthackray</c>, <c>a.kowal</c>, <c>ops_marta</c>, <c>rao31</c>; not <c>scheduler</c>,
/// <c>platform-team</c>, <c>node-3</c>.
/// </summary>
internal static class LoginShape
{
    private const int Shortest = 3;
    private const int Longest = 32;
    private const int ShortestStem = 3;
    private const int ShortestPersonal = 4;

    private static readonly SearchValues<char> Marks = SearchValues.Create("_.0123456789");
    private static readonly SearchValues<char> Joined = SearchValues.Create("_.-0123456789");
    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");
    private static readonly SearchValues<char> Login = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>Two consonants that words begin with.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Onsets = WordSet.Of(
        "bl br by ch cl cr cy cz dr dw dy dz fl fr fy gh gl gn gr gy hy kl kn kr kw ky lh ll ly my ny ph pl pn pr ps pt py qu rh ry sc sf sh sk sl sm sn sp sq st sv sw sy sz th "
            + "tr ts tw ty vl vr vy wh wr wy xy zl zw zy");

    /// <summary>Endings of files, hosts and members.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Files = WordSet.Of(
        "com org net io dev app example local internal test lan home html htm css js ts jsx tsx json yaml yml xml toml ini cfg conf env txt md pdf doc docx xls xlsx csv tsv log "
            + "sql sh bat ps1 py rb go rs java "
        + "class jar cs cpp c h hpp php vue svg png jpg jpeg gif webp mp3 mp4 zip tar gz tgz bz2 bin exe dll so pem key crt cer pub bak tmp lock id name type value length size "
            + "count data model handler init main "
        + "service timer socket target get set add run map filter push pop call apply bind next first last index query exec execute parse format join split");

    /// <summary>Small letters with digits, dots or underscores among them, or such as no word begins with. All of it words for things is none.</summary>
    public static bool IsLogin(ReadOnlySpan<char> name) => IsMarked(name) || IsInitialed(name);

    /// <summary>Digits, dots or underscores between small letters.</summary>
    public static bool IsMarked(ReadOnlySpan<char> name)
    {
        if (!IsWritten(name) || name[^1] is '.' or '-' or '_' || PlaceholderValues.Is(name) || !name.ContainsAny(Marks))
        {
            return false;
        }

        var (parts, things, letters) = (0, 0, 0);
        foreach (var range in name.SplitAny("_.-"))
        {
            var part = name[range];
            var stem = part.TrimEnd("0123456789");
            if (part.IsEmpty || (stem.IsEmpty && part.Length > 4))
            {
                return false;
            }

            parts += stem.IsEmpty ? 0 : 1;
            things += !stem.IsEmpty && (NoNames.IsPart(stem) || NoNames.IsPart(part)) ? 1 : 0;
            letters = Math.Max(letters, stem.Length);
        }

        // One word with a number counts things as often as it names somebody: it has to be a name, or to be written as no word is.
        return things < parts && letters >= ShortestStem && !(name.Contains('.') && parts > 3);
    }

    /// <summary>An initial before a surname, where no word begins so: <c>mkreuzer</c>, <c>hvdmeer</c>; or a given name with an initial behind it.</summary>
    public static bool IsInitialed(ReadOnlySpan<char> name)
    {
        if (!IsWritten(name) || name.Length < 4 || name.ContainsAny(Joined) || name.Length > 16)
        {
            return false;
        }

        return (BeginsAsNoWord(name) && name[1..].ContainsAny(Vowels))
            || (name[0] == name[1] && IsVowel(name[0])) || NameWords.IsGiven(name[..^1]) || (name.Length >= 5 && NameWords.IsGiven(name[1..]));
    }

    /// <summary><c>jthackray</c>, <c>dkovacs</c>: an initial before a surname, where no word begins so.</summary>
    public static bool BeginsAsNoWord(ReadOnlySpan<char> name) =>
        name.Length > 3 && (IsConsonant(name[0]) || name[0] == 'y') && IsConsonant(name[1]) && !Onsets.Contains(name[..2]);

    /// <summary>
    /// As logins of persons are made: <c>a.kowal</c>, <c>zeynep.t</c>, <c>ops_marta</c>, <c>mkreuzer</c>, <c>rao31</c>; not <c>created_at</c>, <c>index.html</c>.
    /// </summary>
    public static bool IsPersonal(ReadOnlySpan<char> name)
    {
        if (IsInitialed(name))
        {
            return true;
        }

        if (!IsMarked(name))
        {
            return false;
        }

        var (parts, given, numbers, single, words) = (0, false, false, false, 0);
        foreach (var range in name.SplitAny("_.-"))
        {
            var part = name[range];
            var stem = part.TrimEnd("0123456789");
            parts++;
            given |= NameWords.IsGiven(stem);
            numbers |= stem.Length >= ShortestPersonal && stem.Length < part.Length && part.Length - stem.Length is 1 or 2 or 4;
            single |= stem.Length == 1;
            words += stem.Length >= ShortestStem ? 1 : 0;
        }

        return given || (parts == 1 && numbers)
            || (parts == 2 && words == 1 && single && name.ContainsAny('.', '_') && !Files.Contains(name[(name.LastIndexOfAny('.', '_') + 1)..]))
            || (parts == 2 && words == 2 && name.Contains('.') && !Files.Contains(name[(name.IndexOf('.') + 1)..]));
    }

    private static bool IsWritten(ReadOnlySpan<char> name) =>
        name.Length is >= Shortest and <= Longest && char.IsAsciiLetterLower(name[0]) && !name.ContainsAnyExcept(Login) && !NoNames.IsWord(name);

    private static bool IsVowel(char c) => Vowels.Contains(c);

    private static bool IsConsonant(char c) => char.IsAsciiLetterLower(c) && !IsVowel(c);
}
