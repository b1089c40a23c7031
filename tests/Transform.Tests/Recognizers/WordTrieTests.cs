using System.Text;
using FsCheck.Xunit;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Tests.Recognizers;

/// <summary>What is found in tables is what a plain comparison finds, word by word and place by place.</summary>
[Properties(Arbitrary = [typeof(Texts)], MaxTest = 300)]
public sealed class WordTrieTests
{
    private static readonly string[] Words = ["phone", "pho", "id card", "id", "例", "é", "sk-", "@", "12", "ssn", "a", "acme corp", "username: ", "\uFFFF", "пароль"];
    private static readonly WordTrie<string> Trie = new(Words.Select(w => KeyValuePair.Create(w, w)), loose: false);
    private static readonly WordTrie<string> Cues = new(CueWords.All.Select(w => KeyValuePair.Create(w.Key, w.Key)), loose: true);
    private static readonly string[] CueList = [.. CueWords.All.Select(w => w.Key)];

    [Property]
    public void A_place_is_found_where_a_word_stands_or_may_come_to_stand(PlantedText planted)
    {
        var text = planted.Text;
        for (var from = 0; from < Math.Min(text.Length, 40); from++)
        {
            var expected = Enumerable.Range(from, text.Length - from).Where(i => WordStart.Is(text, i) && Words.Any(w => Leads(text[i..], w)));
            PlacesOf(Trie.Stand(text, from), text.Length).ShouldBe(expected);
        }
    }

    [Property]
    public void No_word_begins_where_its_first_units_do_not_stand(PlantedText planted)
    {
        var text = planted.Text;
        var places = PlacesOf(Cues.MayStand(text, 0, text.Length), text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (WordStart.Is(text, i) && Read(Cues, text, i).Count > 0)
            {
                places.ShouldContain(i);
            }
        }
    }

    [Property]
    public void Words_begin_among_many_units_where_they_begin_one_by_one(PlantedText planted)
    {
        var text = new string('x', WordStart.Block) + planted.Text + new string('x', WordStart.Block);
        for (var from = 0; from < text.Length; from++)
        {
            var isAscii = from + WordStart.Block <= text.Length && Ascii.IsValid(text.AsSpan(from, WordStart.Block)) && (from == 0 || char.IsAscii(text[from - 1]));
            WordStart.TryAmong(text, from, new WordOpenings(_ => true, _ => true), out var starts).ShouldBe(isAscii);
            WordStart.TryAmong(text, from, new WordOpenings(Opens, FollowsBlank), out var words).ShouldBe(isAscii);
            for (var i = 0; isAscii && i < WordStart.Block; i++)
            {
                var isStart = WordStart.Is(text, from + i);
                ((starts >> i & 1) != 0).ShouldBe(isStart);
                ((words >> i & 1) != 0).ShouldBe(isStart && Opens(text[from + i]) && (text[from + i] != ' ' || i + 1 == WordStart.Block || FollowsBlank(text[from + i + 1])));
            }
        }
    }

    [Fact]
    public void Every_keyword_of_the_table_is_found_where_it_stands()
    {
        var rows = RecognizerTable.Create(new TransformOptions());
        var before = new string('.', WordStart.Block + 7);
        foreach (var keyword in rows.All.Where(r => r.Gate == Gate.Keyword).SelectMany(r => r.Keywords).Distinct(StringComparer.Ordinal))
        {
            foreach (var text in new[] { before + keyword, before + keyword.ToUpperInvariant(), before + keyword + new string('z', WordStart.Block), before + keyword + new string('é', 4) })
            {
                PlacesOf(rows.Keywords.Stand(text, 0), text.Length).ShouldContain(before.Length, text);
            }
        }
    }

    [Fact]
    public void Every_word_is_read_in_any_case()
    {
        foreach (var word in CueList)
        {
            Read(Cues, word.ToUpperInvariant(), 0).ShouldNotBeEmpty(word);
            Read(Cues, "x " + word, 2).ShouldNotBeEmpty(word);
        }

        Read(Trie, "PHONE", 0).ShouldBe(["pho", "phone"]);
        Read(Trie, "phon", 0).ShouldBe(["pho"]);
        PlacesOf(Trie.Stand("foo", 0), 3).ShouldBeEmpty();
    }

    [Property]
    public void A_table_says_what_a_dictionary_says(PlantedText planted)
    {
        var plain = Words.ToDictionary(w => w, w => w.Length, StringComparer.OrdinalIgnoreCase);
        var table = new WordTable<int>(plain);
        foreach (var word in planted.Text.Split(' ').Concat(Words).Concat(Words.Select(w => w.ToUpperInvariant())))
        {
            table.TryGetValue(word, out var value).ShouldBe(plain.TryGetValue(word, out var expected));
            value.ShouldBe(expected);
        }
    }

    [Property]
    public void An_ending_is_worth_what_the_best_is_that_a_word_has(PlantedText planted)
    {
        KeyValuePair<string, int>[] known = [new("one", 3), new("ne", 2), new("card", 4), new("rd", 1), new("ль", 5), new("é.", 2)];
        var endings = new WordEndings<int>(known);
        foreach (var word in planted.Text.Split(' ').Concat(Words).Concat(Words.Select(w => w.ToUpperInvariant())))
        {
            endings.Best(word).ShouldBe(known.Where(e => word.EndsWith(e.Key, StringComparison.OrdinalIgnoreCase)).Select(e => e.Value).DefaultIfEmpty().Max());
        }
    }

    [Theory]
    [InlineData("", 0, true)]
    [InlineData("x", 0, true)]
    [InlineData("ab", 1, false)]
    [InlineData("aB", 1, true)]
    [InlineData("AB", 1, false)]
    [InlineData("1a", 1, false)]
    [InlineData("1A", 1, false)]
    [InlineData("_a", 1, true)]
    [InlineData("a_", 1, true)]
    [InlineData("éa", 1, false)]
    [InlineData("éA", 1, true)]
    [InlineData("aÉ", 1, true)]
    [InlineData("a例", 1, true)]
    [InlineData("例a", 1, true)]
    [InlineData("жa", 1, true)]
    [InlineData("aж", 1, false)]
    public void A_word_begins_behind_a_mark_at_a_hump_and_in_scripts_without_blanks(string text, int at, bool begins) => WordStart.Is(text, at).ShouldBe(begins);

    private static bool Opens(char unit) => char.IsAsciiLetterLower(unit) || unit is ' ' or '~' or '/' or '\0';

    private static bool FollowsBlank(char unit) => unit is >= 'i' and <= 'p' or '-' or '7';

    private static bool Leads(string rest, string word)
    {
        var length = Math.Min(rest.Length, word.Length);
        return string.Equals(rest[..length], word[..length], StringComparison.OrdinalIgnoreCase);
    }

    private static List<int> PlacesOf(WordPlaces places, int limit)
    {
        var found = new List<int>();
        for (var i = places.Next(); i < limit; i = places.Next())
        {
            found.Add(i);
        }

        return found;
    }

    private static List<string> Read(WordTrie<string> trie, string text, int at)
    {
        var found = new List<string>();
        var node = WordTrie<string>.Root;
        for (; at < text.Length && (node = trie.Step(node, text[at])) != 0; at++)
        {
            if (trie.Value(node) is { } word)
            {
                found.Add(word);
            }
        }

        return found;
    }
}
