using System.Buffers;
using System.Collections.Frozen;

using GatewayStack.Transform.Recognizers.Credentials.Topic;
using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads the secret of one line of a table whose head names a column of secrets.</summary>
internal static class TableVerifier
{
    private const double Likely = 0.7;
    private const int ShortestWord = 4;
    private const int FewestWords = 3;

    /// <summary>Parts of the names that secrets are kept under.</summary>
    private static readonly FrozenSet<string> Names = new[] { "pin", "key", "pw", "pass", "creds", "cert", "code", "login", "admin", "user", "vault", "store", "request", "sso",
        "ask", "see" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Holders = WordSet.Of(
        "user login username device door lock gate place where room kennung benutzer gerät tür schloss ort utilisateur appareil porte lieu usuario dispositivo puerta lugar "
            + "utente porta luogo gebruiker apparaat deur plaats użytkownik urządzenie drzwi miejsce "
        + "användare enhet dörr plats");

    private static readonly SearchValues<string> Networks = SearchValues.Create(["ssid", "wifi", "wi-fi", "wlan"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Others = SearchValues.Create(" ./:");

    private static readonly Glance NamesSecret = static (head, keyword, length) => SecretName.TryRead(head, keyword, length, SecretKind.Password, out _);
    private static readonly Glance NamesCode = static (head, keyword, length) => ColumnValues.IsName(head, keyword, length) && NamesHolder(head);
    private static readonly Glance NamesKey = static (head, keyword, length) => ColumnValues.IsName(head, keyword, length) && head.ContainsAny(Networks);

    /// <summary>The cell below a word for a secret.</summary>
    public static TableCell Secret(in Match match, int line, bool open) => TableReader.Read(match, line, NamesSecret, open);

    /// <summary>The same, where blanks alone hold the columns apart.</summary>
    public static TableCell Aligned(in Match match, int line, bool open) =>
        IsPass(match) || !(open || SecretName.TryRead(match.Text, match.Start, match.Length, SecretKind.Password, out _)) ? TableCell.None : AlignedColumns.Read(match, line, open);

    /// <summary>The same below "code", which is a code of something that opens where the head names a user, a device or a door too.</summary>
    public static TableCell Code(in Match match, int line, bool open) => TableReader.Read(match, line, NamesCode, open);

    /// <summary>The same below "key", which is a network's where the head names one.</summary>
    public static TableCell NetworkKey(in Match match, int line, bool open) => TableReader.Read(match, line, NamesKey, open);

    /// <summary>Judges what stands in the cell of a line.</summary>
    /// <param name="match">The keyword in the head.</param>
    /// <param name="cell">The cell.</param>
    public static Verdict Verify(in Match match, TableCell cell) => cell.Start < 0 || (IsPass(match) && IsTicket(match, cell)) ? Verdict.No : Judge(match, cell);

    /// <summary>Somebody who signs in, or something that is opened, in another cell of the head.</summary>
    private static bool NamesHolder(ReadOnlySpan<char> head)
    {
        foreach (var range in head.SplitAny("|;,\t /."))
        {
            if (Holders.Contains(head[range].Trim("*_\"' ")))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>In a column for passwords a number is one, and so are words with dashes between them.</summary>
    private static bool IsPlain(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value);
        return (shape.IsDigits && shape.Length is >= 4 and <= 12) || (shape.IsNumbers && shape.Digits >= 8 && value.Count('-') == 1 && shape.Symbols == 1)
            || (shape.IsWords && shape.Length >= 9 && shape.Uppers == 0 && value.Contains('-') && !value.ContainsAny(Others) && !PlaceholderValues.Is(value)
            && !PlaceholderValues.NamesSecret(value) && !NameParts.HasAny(value, SecretWords.States) && !NameParts.HasAny(value, Names));
    }

    /// <summary>"same as above", "wie Ofen 1", "see the vault": a remark.</summary>
    private static bool PointsElsewhere(ReadOnlySpan<char> value) =>
        value.IndexOf(' ') is > 0 and var blank && value[..blank] is "wie" or "same" or "see" or "siehe" or "ask" or "idem" or "comme" or "come" or "como" or "igual" or "voir" or "ver" or "vedi" or "zie" or "als" or "patrz" or "jak" or "se" or "som" or "not" or "to" or "on" or "in" or "at";

    private static bool IsPass(in Match match) => match.Value.Equals("pass", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is sold under the name of a pass: <c>season 26/27</c>, <c>6 days</c>.</summary>
    private static bool IsTicket(in Match match, TableCell cell) => match.Text.Slice(cell.Start, cell.Length).Contains(' ') || match.At(-1) == ' ';

    private static Verdict Judge(in Match match, TableCell cell)
    {
        var value = match.Text.Slice(cell.Start, cell.Length);
        if (value.Contains(", ", StringComparison.Ordinal) || PointsElsewhere(value))
        {
            // A remark.
            return Verdict.No;
        }

        if (match.Value.EndsWith(" word", StringComparison.OrdinalIgnoreCase) && value.Length >= ShortestWord && new ValueShape(value).IsLetters
            && !SecretWords.States.Contains(value.ToString()) && !Names.Contains(value.ToString()))
        {
            return new Verdict(cell.Length, Likely) { Offset = cell.Start - match.Start };
        }

        if (IsPlain(value) || (value.Contains(' ') && char.IsLetter(value[0]) && WordPhrases.End(value, 0, out var words) == value.Length && words >= FewestWords
            && WordPhrases.Held(value) * 2 < words && WordPhrases.Is(value, words, noted: true, FewestWords)))
        {
            return new Verdict(cell.Length, Likely) { Offset = cell.Start - match.Start };
        }

        var score = SecretValue.Score(value, SecretKind.Password, new PossibleValue(cell.Start, cell.Length, ValueForm.Cell, Quoted: false, Continues: value.Contains(' ')));
        return score >= 0.5 ? new Verdict(cell.Length, score) { Offset = cell.Start - match.Start } : Verdict.No;
    }
}
