using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads the secret of one line of a table whose head names a column of secrets.</summary>
internal static class TableVerifier
{
    /// <summary>The verifier of a line.</summary>
    /// <param name="line">Which line below the head, from 0.</param>
    public static Verifier ForLine(int line) => (in Match match) => Verify(match, line);

    private static Verdict Verify(in Match match, int line)
    {
        var cell = TableReader.Read(match, line, static (head, keyword, length) => SecretName.TryRead(head, keyword, length, SecretKind.Password, out _));
        if (cell.Start < 0)
        {
            return Verdict.No;
        }

        var value = match.Text.Slice(cell.Start, cell.Length);
        var score = SecretValue.Score(value, SecretKind.Password, new PossibleValue(cell.Start, cell.Length, ValueForm.Cell, Quoted: false, Continues: value.Contains(' ')));
        return score >= 0.5 ? new Verdict(cell.Length, score) { Offset = cell.Start - match.Start } : Verdict.No;
    }
}
