using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.TransformBench;

/// <summary>How far an answer that is changed as it streams lags behind what came: UTF-16 units held when the next delta is asked for, and the time a delta costs.</summary>
internal static class Delay
{
    private const int Length = 32_000;

    // About what a token is.
    public const int DeltaUnits = 4;

    // A mask is as long as what it stands for: what came and what went can be compared.
    private static readonly (string Name, string[] Masked)[] Sessions =
    [
        ("put back only", []),
        ("two types", ["EMAIL", "IBAN"]),
        ("all types", ["*"]),
    ];

    private static readonly (string Name, string[] Texts)[] Answers =
    [
        .. Texts.Kinds.Select(k => (k.Name, new[] { Repeated(k.Text) })),
        ("all in turns", [Texts.Of(Length, personal: false)]),
        ("personal", [Texts.Of(Length, personal: true)]),
        ("papers", [Repeated("A passport number is on the second page, and the licence number on the card; nobody asks for either here. ")]),
    ];

    private static string Repeated(string text) => string.Concat(Enumerable.Repeat(text, Length / text.Length));

    /// <summary>Measures answers of one kind each, and the documents of files of JSON with a member <c>text</c> in each line.</summary>
    public static async Task PrintAsync(Subject subject, string[] files, TextWriter output)
    {
        var answers = Answers.Concat(files.Select(f => (Path.GetFileName(f), File.ReadLines(f).Select(TextOf).ToArray()))).ToList();
        output.WriteLine("masked         answer           held p50    p99    most   us/delta p50      p99");
        foreach (var (name, masked) in Sessions)
        {
            foreach (var (answer, texts) in answers)
            {
                var (held, times) = (new List<int>(), new List<double>());
                for (var warm = true; ; warm = false)
                {
                    foreach (var text in texts)
                    {
                        await MeasureAsync(subject, masked, text, held, times);
                    }

                    if (!warm)
                    {
                        break;
                    }

                    held.Clear();
                    times.Clear();
                }

                held.Sort();
                times.Sort();
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name,-14} {answer,-14} {held[held.Count / 2],10} {held[held.Count * 99 / 100],6} {held[^1],7} {times[times.Count / 2],14:F1} {times[times.Count * 99 / 100],8:F1}"));
            }
        }
    }

    /// <summary>Adds what was held, and what each delta took, of one answer.</summary>
    public static async Task MeasureAsync(Subject subject, string[] masked, string text, List<int> held, List<double> times)
    {
        var (came, went) = (0, 0);
        await foreach (var delta in subject.Answer(SessionOf(masked), Deltas(CancellationToken.None)))
        {
            went += delta.Text.Length;
        }

        async IAsyncEnumerable<ResponseDelta> Deltas([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (; came < text.Length; came += DeltaUnits)
            {
                var start = Stopwatch.GetTimestamp();
                yield return new ResponseDelta { Channel = "0/content", Text = text.Substring(came, Math.Min(DeltaUnits, text.Length - came)) };
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                held.Add(came + DeltaUnits - went);
            }

            await Task.CompletedTask;
            yield return new ResponseDelta { Channel = "0/content", Text = string.Empty, End = true };
        }
    }

    private static string TextOf(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("text").GetString()!;
    }

    private static ResponseSession SessionOf(string[] masked) => new()
    {
        RequestId = "bench",
        Tenant = "default",
        Pseudonyms = [new Pseudonym { Token = "PERSON_BCDFGHJKLMNP", Value = "Marta Olsen" }],
        Actions = masked is [] ? [new TypeAction { Type = "*", Action = ContentAction.Allow }] : [.. masked.Select(t => new TypeAction { Type = t, Action = ContentAction.Mask })],
    };
}
