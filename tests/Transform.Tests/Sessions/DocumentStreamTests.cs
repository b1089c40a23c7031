using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Tests.Classification.Models;

namespace GatewayStack.Transform.Tests.Sessions;

/// <summary>Documents as people write them, in pieces: mails, chats, tables, settings, logs. <c>STREAM_ROUNDS</c> runs the campaign.</summary>
public sealed class DocumentStreamTests(ITestOutputHelper output)
{
    private const int Step = 7;
    private static readonly string[] Few = ["EMAIL", "PERSON", "PASSWORD"];

    /// <summary>Whole documents, and the end of one with the beginning of another behind it: heads without their lines, words without their values.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_cutting_gives_what_the_whole_gives(bool spliced)
    {
        var isCampaign = int.TryParse(Environment.GetEnvironmentVariable("STREAM_ROUNDS"), CultureInfo.InvariantCulture, out var rounds);
        var seed = isCampaign ? Random.Shared.Next() : 7;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var documents = Documents();
        for (var round = 0; round < (isCampaign ? rounds : 1); round++)
        {
            for (var i = isCampaign ? 0 : random.Next(Step); i < documents.Count; i += isCampaign ? 1 : Step)
            {
                var text = spliced ? Splice(documents[i], documents[random.Next(documents.Count)], random) : documents[i];
                string[] types = random.Next(4) == 0 ? Few : ["*"];
                var (whole, cut) = (await AnswerAsync([text], types), await AnswerAsync(Cut(text, random), types));
                if (cut != whole)
                {
                    Assert.Fail($"seed {seed}, document {i}, types {string.Join(',', types)}\n{JsonSerializer.Serialize(text)}\n--- whole\n{whole}\n--- cut\n{cut}");
                }
            }
        }
    }

    /// <summary>Half of the time no more than so much is held; a word for a secret holds until its sentence is known.</summary>
    [Theory]
    [InlineData("a", 100, 300)]
    [InlineData("h", 115, 330)]
    public async Task What_is_held_is_bounded(string author, int half, int nearlyAll)
    {
        var held = new List<int>();
        foreach (var text in Documents(author))
        {
            await AnswerAsync([.. text.Chunk(4).Select(c => new string(c))], ["*"], held);
        }

        held.Sort();
        output.WriteLine($"held: p50 {held[held.Count / 2]}, p99 {held[held.Count * 99 / 100]}, most {held[^1]}");
        held[held.Count / 2].ShouldBeLessThanOrEqualTo(half);
        held[held.Count * 99 / 100].ShouldBeLessThanOrEqualTo(nearlyAll);
    }

    [Fact]
    public async Task What_is_not_masked_is_not_waited_for()
    {
        const string Text = "The password, the passport number and the wallet's second half of the words are asked for later, and nobody says any of them here: nothing to see at all.";
        var held = new List<int>();
        await AnswerAsync([.. Text.Select(c => c.ToString())], ["EMAIL", "IBAN"], held);
        held.Max().ShouldBeLessThan(70);
    }

    private static List<string> Documents(string author = "*") =>
    [
        .. Directory.EnumerateFiles(Path.Combine(TestTexts.DataFolder(), "eval", "authors-2026-11"), author + ".jsonl", SearchOption.AllDirectories)
            .Where(f => Path.GetFileNameWithoutExtension(f).Length == 1).Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()!),
    ];

    private static string Splice(string one, string other, Random random) =>
        one[..random.Next(one.Length + 1)] + (random.Next(3) == 0 ? "\n" : string.Empty) + other[random.Next(other.Length)..];

    private static string[] Cut(string text, Random random)
    {
        var pieces = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(text.Length - at, random.Next(8) == 0 ? random.Next(1, 80) : random.Next(1, 7));
            pieces.Add(text.Substring(at, length));
            at += length;
        }

        return [.. pieces];
    }

    private static async Task<string> AnswerAsync(string[] pieces, string[] masked, List<int>? held = null)
    {
        var session = new ResponseSession
        {
            RequestId = "r",
            Tenant = "t",
            Actions = [.. masked.Select(t => new TypeAction { Type = t, Action = ContentAction.Mask })],
        };
        var (came, went) = (0, 0);
        var texts = new List<string>();
        await foreach (var delta in Modules.Shipped.TransformResponseAsync(session, DeltasAsync(), CancellationToken.None))
        {
            texts.Add(delta.Text);
            went += delta.Text.Length;
        }

        return string.Concat(texts);

        async IAsyncEnumerable<ResponseDelta> DeltasAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var piece in pieces)
            {
                came += piece.Length;
                yield return new ResponseDelta { Channel = "0", Text = piece };
                held?.Add(came - went);
            }

            await Task.CompletedTask;
            yield return new ResponseDelta { Channel = "0", Text = string.Empty, End = true };
        }
    }
}
