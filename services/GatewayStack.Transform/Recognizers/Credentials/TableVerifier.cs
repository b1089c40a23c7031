using System.Buffers;
using System.Collections.Frozen;

using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads the secret of one line of a table whose head names a column of secrets.</summary>
internal static class TableVerifier
{
    private const double Likely = 0.7;

    /// <summary>Parts of the names that secrets are kept under.</summary>
    private static readonly FrozenSet<string> Names = new[] { "pin", "key", "pw", "pass", "creds", "cert", "code", "login", "admin", "user", "vault", "store", "request", "sso", "ask", "see" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Others = SearchValues.Create(" ./:");

    /// <summary>The verifier of a line.</summary>
    /// <param name="line">Which line below the head, from 0.</param>
    public static Verifier ForLine(int line) => (in Match match) => Verify(match, line);

    /// <summary>In a column for passwords a number is one, and so are words with dashes between them.</summary>
    private static bool IsPlain(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value);
        return (shape.IsDigits && shape.Length is >= 4 and <= 12)
            || (shape.IsWords && shape.Length >= 9 && shape.Uppers == 0 && value.Contains('-') && !value.ContainsAny(Others) && !PlaceholderValues.Is(value) && !PlaceholderValues.NamesSecret(value) && !NameParts.HasAny(value, SecretWords.States) && !NameParts.HasAny(value, Names));
    }

    private static Verdict Verify(in Match match, int line)
    {
        var cell = TableReader.Read(match, line, static (head, keyword, length) => SecretName.TryRead(head, keyword, length, SecretKind.Password, out _));
        if (cell.Start < 0)
        {
            return Verdict.No;
        }

        var value = match.Text.Slice(cell.Start, cell.Length);
        if (value.Contains(", ", StringComparison.Ordinal))
        {
            // A remark.
            return Verdict.No;
        }

        if (IsPlain(value))
        {
            return new Verdict(cell.Length, Likely) { Offset = cell.Start - match.Start };
        }

        var score = SecretValue.Score(value, SecretKind.Password, new PossibleValue(cell.Start, cell.Length, ValueForm.Cell, Quoted: false, Continues: value.Contains(' ')));
        return score >= 0.5 ? new Verdict(cell.Length, score) { Offset = cell.Start - match.Start } : Verdict.No;
    }
}
