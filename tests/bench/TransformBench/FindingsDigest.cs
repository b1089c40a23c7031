using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.TransformBench;

/// <summary>
/// A digest of all that is found in files of texts (<c>{"text": ...}</c> a line) and in texts made from a seed: a change that is for speed alone leaves it as it was.
/// With <c>--dump FILE</c> it writes what is found too, for <c>diff</c>.
/// </summary>
internal static class FindingsDigest
{
    private const int MadeTexts = 4_000;

    private static readonly string[] Pieces =
    [
        "password", "is", "my", "pin", "code", "token", "=", ":", "\"", "'", "@", ".", ",", "\n", "\r\n", "\t", " ", "  ", "-", "_", "/", "\\", "(", ")", "[", "]", "{", "}", "<", ">", "|", "#", "+", "*", "%40", "&#64;",
        "Marta", "Olsen", "dr", "Mr", "Street", "14", "Elmfield Road", "Leeds", "LS6 2AB", "DE89 3704 0044 0532 0130 00", "4111 1111 1111 1111", "+49 30 901820", "marta@example.org", "Bearer", "eyJhbGciOiJIUzI1NiJ9",
        "AKIAIOSFODNN7EXAMPLE", "ghp_", "sk-", "0123456789abcdef0123456789abcdef", "user", "login", "born", "1987-03-04", "aged", "37", "years old", "passport", "No", "geboren", "am", "1.", "März", "1962", "wohnt", "in",
        "Berlin", "São", "Paulo", "東京都", "渋谷区", "1-2-3", "مرحبا", "Москва", "\u200B", "\u202E", "\uD83D\uDE00", "\uD83D", "\u00E9", "\uFF11", "Passwort", "Kennwort", "contraseña", "the", "of", "GmbH", "Inc", "SELECT",
        "INSERT INTO users VALUES", "export", "curl -u", "postgres://", "https://", "x:y@host", "192.168.0.1", "fe80::1", "00:1A:2B:3C:4D:5E", "dGhpcyBpcyBhIHRlc3Q=", "70617373776f7264", "ssn", "123-45-6789", "Dear", "Regards",
        "A", "z", "9", "ﬁ", "İ", "ß", "ǅ", "𝐀",
    ];

    public static void Run(ReadOnlySpan<string> args)
    {
        var dump = args is ["--dump", var path, ..] ? new StreamWriter(path) : null;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.AddTransformModule();
        var module = builder.Build().Services.GetRequiredService<ITransformModule>();
        foreach (var file in args[(dump is null ? 0 : 2)..])
        {
            Print(module, file, File.ReadLines(file).Select(TextOf), dump);
        }

        Print(module, "made", Enumerable.Range(0, MadeTexts).Select(Made), dump);
        dump?.Dispose();
    }

    private static void Print(ITransformModule module, string name, IEnumerable<string> texts, StreamWriter? dump)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int count = 0, findings = 0;
        foreach (var text in texts)
        {
            var report = Report(module, text);
            hash.AppendData(Encoding.UTF8.GetBytes(report));
            findings += report.Count('\n') - 1;
            dump?.Write(string.Create(CultureInfo.InvariantCulture, $"{name}#{count}\n{report}"));
            count++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(hash.GetHashAndReset())[..16]} {count,6} texts {findings,6} lines {name}"));
    }

    private static string Report(ITransformModule module, string text)
    {
        var report = new StringBuilder("-\n");
        var result = module.InspectAsync(Subject.RequestOf(text), CancellationToken.None).GetAwaiter().GetResult();
        foreach (var finding in result.Findings)
        {
            report.Append(CultureInfo.InvariantCulture, $"{finding.Start} {finding.End} {finding.Type} {finding.Score:R}\n");
        }

        // The candidates of the rows, before they are merged: what a better one covers shows too.
        foreach (var candidate in Subject.Candidates(text))
        {
            report.Append(CultureInfo.InvariantCulture, $"row {candidate.Start} {candidate.End} {candidate.Row.Name} {candidate.Score:R}\n");
        }

        return report.ToString();
    }

    private static string TextOf(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.TryGetProperty("text", out var text) ? text.GetString() ?? "" : line;
    }

    private static string Made(int number)
    {
        var random = new Random(number);
        var text = new StringBuilder();
        var length = random.Next(1, 120);
        for (var i = 0; i < length; i++)
        {
            switch (random.Next(12))
            {
                case 0:
                    text.Append((char)random.Next(0x20, 0x7F));
                    break;
                case 1:
                    text.Append((char)random.Next(0, 0x3000));
                    break;
                case 2:
                    text.Append(random.Next().ToString(CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(Pieces[random.Next(Pieces.Length)]);
                    text.Append(random.Next(3) == 0 ? "" : " ");
                    break;
            }
        }

        return text.ToString();
    }
}
