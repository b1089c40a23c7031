using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Transform.Evaluation.Reports;
using GatewayStack.Transform.Evaluation.Tests.Generation;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>A way in which a value stands in a document.</summary>
/// <param name="Name">Names it in reports.</param>
/// <param name="HasHead">True when the document says what the value is.</param>
/// <param name="Write">Writes a document; draws as many values as it needs.</param>
internal sealed record Carrier(string Name, bool HasHead, Func<HarmlessKind, SplitMix, string> Write)
{
    /// <summary>In the order of <see cref="HarmlessKind.Words"/>: {0} is the word, {1} the value.</summary>
    private static readonly ImmutableArray<string[]> Sentences =
    [
        ["Please quote {0} {1} when you write to us.", "The {0} is {1}, and the second half follows tomorrow.", "Can you check {0} {1}? It does not match what we have.", "We have entered {1} as the {0}; nothing else has changed.", "{1} is the {0} on the sheet, the other one was wrong."],
        ["Bitte geben Sie {0} {1} an.", "{0}: {1}, der Rest folgt morgen.", "Können Sie {0} {1} noch einmal prüfen?", "Unter {0} {1} ist nichts zu finden.", "Wir haben {1} als {0} eingetragen."],
        ["Merci d'indiquer {0} {1} dans votre réponse.", "La fiche porte {0} {1}, le reste suit demain.", "{0} : {1}. Rien d'autre n'a changé.", "Nous avons noté {1} comme {0}."],
        ["Indique {0} {1} en su respuesta, por favor.", "{0}: {1}, lo demás llega mañana.", "No encontramos {0} {1} en la lista.", "Hemos anotado {1} como {0}."],
        ["Indicare {0} {1} nella risposta.", "{0}: {1}, il resto arriva domani.", "Non troviamo {0} {1} nell'elenco.", "Abbiamo segnato {1} come {0}."],
        ["Vermeld {0} {1} in uw antwoord.", "{0}: {1}, de rest volgt morgen.", "Kun je {0} {1} nog eens nakijken?", "We hebben {1} als {0} ingevoerd."],
        ["Indique {0} {1} na resposta, por favor.", "{0}: {1}, o resto segue amanhã.", "Não encontramos {0} {1} na lista.", "Registámos {1} como {0}."],
        ["Prosimy podać {0} {1} w odpowiedzi.", "{0}: {1}, reszta jutro.", "Nie znaleźliśmy {0} {1} na liście.", "Wpisaliśmy {1} jako {0}."],
        ["Ange {0} {1} i svaret.", "{0}: {1}, resten kommer i morgon.", "Kan du kontrollera {0} {1} en gång till?", "Vi har skrivit in {1} som {0}."],
    ];

    private static readonly string[] Neutral = ["id", "value", "n", "v", "code", "key", "ref", "number", "x", "data"];
    private static readonly string[] Things = ["pump", "valve", "cabinet", "printer", "sensor", "crate", "drawer", "module", "shelf", "unit"];

    /// <summary>Words that speak for a person's number, said of something else.</summary>
    private static readonly ImmutableArray<string[]> Neighbours =
    [
        ["Desk phones, {0} {1}: nobody opens the box before Friday.", "The card reader has {0} {1}; the old one went back.", "Mobile app, {0} {1}, was released on Monday.", "Two patients were moved, {0} {1} stays in the office.", "Software licence renewal, {0} {1}.",
            "The passport office is shut, so {0} {1} waits.", "The tax office wrote about {0} {1}.", "The user signed in and {0} {1} was created.", "Driver update: {0} {1}.", "Plate thickness as agreed, {0} {1}.", "SIM card tray, {0} {1}, two pieces.",
            "The account team has booked {0} {1}.", "Calls handled this week: see {0} {1}.", "Cell phone cases, {0} {1}, are sold out.", "For contact lenses use {0} {1}.", "Fax machine, {0} {1}, is scrapped.", "The bank holiday moves {0} {1} to Tuesday.",
            "Bus routing changed, {0} {1} is void.", "Social housing programme, {0} {1}.", "The national team wears {0} {1}."],
        ["Handyhüllen, {0} {1}, sind ausverkauft.", "Kartenleser: {0} {1}, Austausch am Montag.", "Konto abgestimmt, {0} {1} fehlt noch.", "Telefonanlage, {0} {1}, wird am Freitag abgebaut.", "Der Patient wartet, {0} {1} liegt im Büro.", "Führerscheinstelle geschlossen, {0} {1} bleibt liegen."],
        ["Coques de portable, {0} {1}, rupture de stock.", "Lecteur de carte : {0} {1}, à remplacer lundi.", "Le compte est soldé, {0} {1} manque.", "Standard téléphonique, {0} {1}, démonté vendredi.", "Permis de construire, {0} {1}."],
        ["Fundas de móvil, {0} {1}, agotadas.", "Lector de tarjetas: {0} {1}, se cambia el lunes.", "Cuenta cuadrada, falta {0} {1}.", "Centralita de teléfono, {0} {1}, se retira el viernes."],
        ["Custodie per cellulare, {0} {1}, esaurite.", "Lettore di carte: {0} {1}, da cambiare lunedì.", "Conto chiuso, manca {0} {1}.", "Centralino telefonico, {0} {1}, smontato venerdì."],
        ["Telefoonhoesjes, {0} {1}, uitverkocht.", "Kaartlezer: {0} {1}, maandag vervangen.", "Rekening klopt, {0} {1} ontbreekt."],
        ["Capas de telemóvel, {0} {1}, esgotadas.", "Leitor de cartões: {0} {1}, trocar segunda-feira.", "Conta fechada, falta {0} {1}."],
        ["Etui na telefon, {0} {1}, wyprzedane.", "Czytnik kart: {0} {1}, wymiana w poniedziałek.", "Konto uzgodnione, brakuje {0} {1}."],
        ["Mobilskal, {0} {1}, slutsålda.", "Kortläsare: {0} {1}, byts på måndag.", "Kontot stämmer, {0} {1} saknas."],
    ];

    /// <summary>Every way.</summary>
    public static ImmutableArray<Carrier> All { get; } =
    [
        new("bare line", false, (k, r) => k.Make(r)),
        new("lines", false, (k, r) => string.Join('\n', Many(k, r, 4))),
        new("list in a sentence", true, (k, r) => $"Still open ({k.Words[0]}): {string.Join(", ", Many(k, r, 3))} and {k.Make(r)}."),
        new("column with a head", true, (k, r) => $"{k.Key},qty,state\n" + string.Join('\n', Many(k, r, 4).Select(v => $"{Quoted(v)},{r.Below(90)},{r.Pick("ok", "open", "done")}"))),
        new("column in other words", true, (k, r) => $"pos;{One(k, r)};status\n" + string.Join('\n', Many(k, r, 4).Select((v, i) => $"{i + 1};{v};{r.Pick("ok", "offen", "prêt")}"))),
        new("table", true, (k, r) => $"| {One(k, r)} | qty | note |\n|---|---|---|\n" + string.Join('\n', Many(k, r, 3).Select(v => $"| {v} | {r.Below(90)} | {r.Pick("new", "-", "checked")} |"))),
        new("JSON, telling key", true, (k, r) => $"{{\"{k.Key}\": \"{k.Make(r)}\", \"state\": \"open\", \"retries\": {r.Below(9)}}}"),
        new("JSON, neutral key", false, (k, r) => $"{{\"{r.Pick(Neutral)}\": \"{k.Make(r)}\", \"ok\": true}}"),
        new("log line", true, (k, r) => $"2026-11-{r.Between(10, 28)} 1{r.Below(10)}:{r.Between(10, 59)}:{r.Between(10, 59)},{r.Between(100, 999)} {r.Pick("INFO", "WARN", "DEBUG")} [worker-{r.Below(9)}] {r.Pick("processed", "skipped", "retrying", "loaded")} {k.Key}={k.Make(r)} in {r.Below(900)} ms"),
        new("sentence", true, (k, r) => Sentence(Sentences, k, r, r.Below(Sentences.Length))),
        new("English sentence", true, (k, r) => Sentence(Sentences, k, r, 0)),
        new("beside another topic", true, (k, r) => Sentence(Neighbours, k, r, r.Below(2) == 0 ? 0 : r.Below(Neighbours.Length))),
        new("form", true, (k, r) => $"{One(k, r)}: {k.Make(r)}\nStatus: {r.Pick("open", "closed")}\n{One(k, r)}: {k.Make(r)}"),
        new("code", true, (k, r) => r.Pick($"var {Camel(k.Key)} = \"{k.Make(r)}\";", $"assert {k.Key} == \"{k.Make(r)}\"", $"{k.Key.ToUpperInvariant()} = \"{k.Make(r)}\"  # default", $"    {Camel(k.Key)}: '{k.Make(r)}',")),
        new("file name", true, (k, r) => r.Pick($"scan_{k.Key}_{k.Make(r)}.pdf", $"{k.Key}-{k.Make(r)}.csv is on the share", $"see {k.Key} {k.Make(r)} (final).docx")),
        new("URL", true, (k, r) => $"https://intranet.example/{r.Pick("items", "view", "docs")}/{k.Key}/{Uri.EscapeDataString(k.Make(r))}?page={r.Below(9)}"),
        new("chat", true, (k, r) => $"[{r.Between(10, 20)}:{r.Between(10, 59)}] ops: which {k.Words[0]} was it?\n[{r.Between(10, 20)}:{r.Between(10, 59)}] store: {k.Make(r)}, the one by the door"),
        new("behind a thing", false, (k, r) => $"The {r.Pick(Things)} ({k.Make(r)}) goes back on Monday, the {r.Pick(Things)} {k.Make(r)} stays."),
        new("tabs", false, (k, r) => string.Join('\n', Many(k, r, 3).Select((v, i) => $"{i + 1}\t{v}\t{r.Below(900)}"))),
    ];

    private static string[] Many(HarmlessKind kind, SplitMix random, int count) => [.. Enumerable.Range(0, count).Select(_ => kind.Make(random))];

    private static string One(HarmlessKind kind, SplitMix random) => kind.Words[random.Below(kind.Words.Length)];

    private static string Sentence(ImmutableArray<string[]> sentences, HarmlessKind kind, SplitMix random, int language) =>
        string.Format(CultureInfo.InvariantCulture, random.Pick(sentences[language]), kind.Words[language], kind.Make(random)) is var text ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Quoted(string value) => value.AsSpan().ContainsAny(",\n") ? $"\"{value}\"" : value;

    private static string Camel(string key) => string.Concat(key.Split('_').Select((p, i) => i == 0 ? p : char.ToUpperInvariant(p[0]) + p[1..]));
}
