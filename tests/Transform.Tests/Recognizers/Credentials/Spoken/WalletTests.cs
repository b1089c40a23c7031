using System.Security.Cryptography;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials.Spoken;

/// <summary>The words of wallets (BIP 39), made here by the standard's own steps.</summary>
public sealed class WalletTests
{
    private static readonly string[] List = ReadList();

    private static readonly string[] Forms =
    [
        "my wallet: {0}", "seed phrase: {0}", "12 words in order: {0}", "die Wörter der Wallet sind {0}", "wallet\n{0}\nkeep it safe",
        "Wiederherstellungsphrase\n{0}", "återställningsord: {0}",
    ];

    [Property(MaxTest = 100)]
    public void A_phrase_is_found_whole(byte[] seed, FsCheck.PositiveInt form, bool numbered)
    {
        var words = Phrase(seed, out var indexes);
        WalletVerifier.HasChecksum(indexes).ShouldBeTrue();
        var phrase = numbered ? string.Join('\n', words.Select((w, i) => $"{i + 1}. {w}")) : string.Join(' ', words);
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, Forms[form.Get % Forms.Length], phrase);
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Secret).Single().ShouldEndWith(words[^1]);
    }

    // One in sixteen passes by luck.
    [Fact]
    public void Another_last_word_fails_the_check()
    {
        var indexes = Enumerable.Repeat(0, 11).ToArray();
        Enumerable.Range(0, List.Length).Count(last => WalletVerifier.HasChecksum([.. indexes, last])).ShouldBe(List.Length / 16);
        WalletVerifier.HasChecksum([.. indexes, 0, 0]).ShouldBeFalse();
    }

    // The first vector of the standard.
    [Fact]
    public void The_standards_vector_passes() => WalletVerifier.HasChecksum([.. Enumerable.Repeat(0, 11), Array.IndexOf(List, "about")]).ShouldBeTrue();

    [Theory]
    [InlineData("the wallet was on the table and all that was left was an old photo of two people who were very happy")]
    [InlineData("seed words: abandon ability able about above absent absorb")]
    public void Fewer_words_and_sentences_are_none(string text) => Rows.Find([.. RecognizerTable.BuiltIn.Where(r => r.Name == "wallet")], text).ShouldBeEmpty();

    private static string[] Phrase(byte[] seed, out int[] indexes)
    {
        var entropy = SHA256.HashData(seed)[..16];
        var bits = string.Concat(entropy.Select(b => Convert.ToString(b, 2).PadLeft(8, '0'))) + Convert.ToString(SHA256.HashData(entropy)[0], 2).PadLeft(8, '0')[..4];
        indexes = [.. Enumerable.Range(0, 12).Select(i => Convert.ToInt32(bits.Substring(i * 11, 11), 2))];
        return [.. indexes.Select(i => List[i])];
    }

    private static string[] ReadList()
    {
        using var stream = typeof(WalletVerifier).Assembly.GetManifestResourceStream("GatewayStack.Transform.Recognizers.bip39-english.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
