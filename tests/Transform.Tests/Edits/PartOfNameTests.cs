using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;

namespace GatewayStack.Transform.Tests.Edits;

/// <summary>A model writes the first or the last word of a name alone: where it can be nobody else's, that is put back, too.</summary>
public sealed class PartOfNameTests
{
    [Theory]
    [InlineData("{0} signed.", "Marta signed.")]
    [InlineData("{0} {1} signed. {0} agrees, {1} does not.", "Marta Kowalska signed. Marta agrees, Kowalska does not.")]
    [InlineData("**{0}**'s and ({1})", "**Marta**'s and (Kowalska)")]
    [InlineData("{0}s and x{0} and {0}y", null)]
    [InlineData("see https://example.org/{0} there", null)]
    public void A_part_is_put_back_where_it_is_a_word(string form, string? expected)
    {
        var pseudonyms = Made(["Marta Kowalska"]);
        var parts = pseudonyms[0].Token.Split(' ');
        var text = string.Format(null, form, parts[0], parts[1]);
        Restored(text, pseudonyms).ShouldBe(expected ?? text);
    }

    [Fact]
    public void It_is_put_back_into_json_too()
    {
        var pseudonyms = Made(["Marta Kowalska"]);
        var part = pseudonyms[0].Token.Split(' ')[0];
        Restored($$"""{"to":"{{part}}","body":"{\"n\":\"{{part}}\"}"}""", pseudonyms, "0/tool/0").ShouldBe("""{"to":"Marta","body":"{\"n\":\"Marta\"}"}""");
    }

    /// <summary>Words of few letters are written by chance.</summary>
    [Theory]
    [InlineData("Bob Kowalska", "Kowalska")]
    [InlineData("Dr. Marta Kowalska-Roe", "Marta")]
    [InlineData("Jean-Luc Picard", "Picard")]
    [InlineData("Kowalska, Marta", "Kowalska Marta")]
    public void Only_whole_words_of_four_letters_and_more_are_parts(string name, string parts)
    {
        var made = Made([name]);
        made.Select(p => p.Value).ShouldBe([name, .. parts.Split(' ')]);
        made.Skip(1).ShouldAllBe(p => made[0].Token.Contains(p.Token, StringComparison.Ordinal));
    }

    [Fact]
    public void Only_a_persons_name_has_parts() => Made(["12 Main Street, Springfield"], EntityTypes.Address).Length.ShouldBe(1);

    /// <summary>Nobody writes the letters of a part by chance: two of them stand together in no word.</summary>
    [Fact]
    public void A_part_is_no_word()
    {
        var made = Made([.. Enumerable.Range(0, 500).Select(i => $"Anna{(char)('a' + (i % 26))} Novak{(char)('a' + (i / 26))}")]);
        made.Length.ShouldBe(1500);
        made.Select(p => p.Token).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(1500);
        foreach (var part in made.Where(p => !p.Value.Contains(' ', StringComparison.Ordinal)))
        {
            var letters = part.Token.ToLowerInvariant();
            Enumerable.Range(0, letters.Length - 1).ShouldContain(i => ContentTokens.NeverTogether.Contains(letters.Substring(i, 2)), part.Token);
        }
    }

    [Fact]
    public void A_word_of_the_request_is_no_part()
    {
        var part = Made(["Marta Kowalska"])[1].Token;
        var again = Made(["Marta Kowalska"], texts: [$"what is {part.ToLowerInvariant()}?"]);
        again.Length.ShouldBe(3);
        again[1].Token.ShouldNotBe(part);
        Made(["Marta Kowalska"], texts: [$"what is {part}x?"])[1].Token.ShouldBe(part);
    }

    /// <summary>More people than there are such words of four letters.</summary>
    [Fact]
    public void What_could_be_two_peoples_is_nobodys()
    {
        var made = Made([.. Enumerable.Range(0, ContentTokens.MaxPseudonyms).Select(i => $"Anna Nova Kova Lena{i:D5}")]);
        made.Select(p => p.Token).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(made.Length);
        made.Count(p => p.Value.Contains(' ', StringComparison.Ordinal)).ShouldBe(ContentTokens.MaxPseudonyms);
    }

    private static Pseudonym[] Made(string[] names, string type = EntityTypes.Person, params string[] texts)
    {
        var key = new DataKey { KeyId = "k", Purpose = DataKeyPurposes.ContentToken, Secret = [.. Enumerable.Repeat((byte)7, 32)] };
        var tokens = new ContentTokens(key, "t", "p", texts);
        foreach (var name in names)
        {
            tokens.Pseudonymise(type, name, keepForm: true);
        }

        return [.. tokens.Pseudonyms];
    }

    private static string Restored(string text, Pseudonym[] pseudonyms, string channel = "0")
    {
        var session = new ResponseSession { RequestId = "r", Tenant = "t", Pseudonyms = [.. pseudonyms], Actions = [new TypeAction { Type = "*", Action = ContentAction.Allow }] };
        string Run(IEnumerable<string> pieces)
        {
            var deltas = pieces.Select(p => new ResponseDelta { Channel = channel, Text = p }).Append(new ResponseDelta { Channel = channel, Text = string.Empty, End = true });
            return string.Concat(Modules.Default.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToBlockingEnumerable().Select(d => d.Text));
        }

        var whole = Run([text]);
        Run(text.Select(c => c.ToString())).ShouldBe(whole);
        return whole;
    }
}
