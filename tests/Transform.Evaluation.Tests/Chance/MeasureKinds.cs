using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Transform.Evaluation.Tests.Generation;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>What is measured, counted and paid.</summary>
internal static class MeasureKinds
{
    public static ImmutableArray<HarmlessKind> All { get; } =
    [
        new("amount", "amount", "total|Summe|total|total|totale|totaal|total|suma|summa",
            r => r.Pick(r.Fill("%,###.## USD"), r.Fill("%.###,## €"), r.Fill("% ###,## zł"), r.Fill("€%#.###,##"), r.Fill("$%##,###.##"), r.Fill("%'###.## CHF"), r.Fill("%## ### kr"), r.Fill("£%,###"), r.Fill("%#####.##"), r.Fill("R$ %.###,##"), r.Fill("%###,-"))),
        new("count", "count", "count|Anzahl|nombre|cantidad|quantità|aantal|quantidade|liczba|antal", r => r.Pick(r.Fill("%##"), r.Fill("%,###"), r.Fill("%.###.###"), r.Fill("%## ###"), r.Fill("%#####"), r.Fill("%## ### ###"), r.Fill("%########"))),
        new("percent", "share", "share|Anteil|part|cuota|quota|aandeel|quota|udział|andel", r => r.Pick(r.Fill("%#.# %"), r.Fill("%#,##%"), r.Fill("0.####"), r.Fill("%#-%#%"))),
        new("range", "range", "range|Bereich|plage|rango|intervallo|bereik|intervalo|zakres|intervall", r => r.Pick(r.Fill("%##-%##"), r.Fill("%### - %###"), r.Fill("%###..%###"), r.Fill("0%##-0%##"), r.Fill("%#####-%#####"), r.Fill("%## to %##"))),
        new("dimension", "dimensions", "dimensions|Maße|dimensions|dimensiones|dimensioni|afmetingen|dimensões|wymiary|mått", r => r.Pick(r.Fill("%### x %### x %##"), r.Fill("%##x%##x%## mm"), r.Fill("%#,# × %#,# cm"), r.Fill("Ø%#.## ±0.0#"), r.Fill("M%#x%#"), r.Fill("DN%##"), r.Fill("%###/%##"))),
        new("tolerance", "tolerance", "tolerance|Toleranz|tolérance|tolerancia|tolleranza|tolerantie|tolerância|tolerancja|tolerans", r => r.Pick(r.Fill("±0.0##"), r.Fill("%#.### +0.0##/-0.0##"), r.Fill("H7/g6 %#"), r.Fill("%#,### mm"))),
        new("drawing-position", "pos", "position|Position|position|posición|posizione|positie|posição|pozycja|läge", r => r.Pick(r.Fill("X%##.### Y%##.### Z-%.###"), r.Fill("(%#.###, %#.###)"), r.Fill("[%#.####, %#.####, %#.####]"), r.Fill("%###.##, %###.##"), r.Fill("G1 X%#.### Y%#.### F%###"))),
        new("meter", "reading", "meter reading|Zählerstand|relevé|lectura|lettura del contatore|meterstand|leitura|stan licznika|mätarställning", r => r.Pick(r.Fill("%#####"), r.Fill("%####.#"), r.Fill("00%####"), r.Fill("%## ###,#"), r.Fill("%#### kWh"))),
        new("measurements", "values", "values|Messwerte|mesures|valores|valori|meetwaarden|valores|wartości|mätvärden", r => string.Join(r.Pick(", ", " ", ";", "\t"), Enumerable.Range(0, r.Between(4, 8)).Select(_ => r.Fill(r.Pick("%#.##", "%.###", "%##", "-%.####", "%#"))))),
        new("matrix", "matrix", "matrix|Matrix|matrice|matriz|matrice|matrix|matriz|macierz|matris", r => string.Join('\n', Enumerable.Range(0, 3).Select(_ => string.Join(' ', Enumerable.Range(0, 5).Select(_ => r.Fill(r.Pick("%", "%#", "%##"))))))),
        new("sensor-line", "line", "log|Protokoll|journal|registro|registro|logboek|registo|dziennik|logg", r => string.Create(CultureInfo.InvariantCulture, $"{r.Fill("1#:##:##")};T={r.Fill("%#.##")};P={r.Fill("%###.#")};RH={r.Fill("%#")};n={r.Fill("%#####")}")),
        new("score", "score", "score|Ergebnis|score|resultado|punteggio|uitslag|resultado|wynik|resultat", r => r.Pick(r.Fill("%:%"), r.Fill("%-%, %-%"), r.Fill("6-4 7-5 6-#"), r.Fill("%#:%#"), r.Fill("%#.#/10"))),
        new("lottery", "draw", "numbers|Ziehung|tirage|sorteo|estrazione|trekking|sorteio|losowanie|dragning", r => string.Join(r.Pick(" ", ", ", " - "), Enumerable.Range(0, 6).Select(_ => r.Fill("%#")))),
        new("room", "room", "room|Raum|salle|sala|aula|lokaal|sala|sala|rum", r => r.Pick(r.Fill("%##"), r.Fill("%.##"), r.Fill("@%##"), r.Fill("%-%##"), r.Fill("@@%.#%#"), r.Fill("H-%.%##"))),
        new("short-dial", "ext", "short dial|Kurzwahl|numéro court|marcación corta|numero breve|kortnummer|número curto|numer skrócony|kortnummer", r => r.Pick(r.Fill("*%##"), r.Fill("%###"), r.Fill("##%#"), r.Fill("*#0#"))),
        new("dial-prefix", "prefix", "dialling prefix|Vorwahl|indicatif|prefijo|prefisso|netnummer|indicativo|numer kierunkowy|riktnummer", r => r.Pick(r.Fill("+%#"), r.Fill("00%#"), r.Fill("0%##"), r.Fill("0%#"), r.Fill("+%##"))),
        new("dose", "dose", "dose|Dosis|dose|dosis|dose|dosis|dose|dawka|dos", r => r.Pick(r.Fill("%## mg"), r.Fill("1-0-1"), r.Fill("%#/%# mmHg"), r.Fill("%.# mmol/l"), r.Fill("%### IE"), r.Fill("2x%## mg"))),
        new("train", "train", "train|Zug|train|tren|treno|trein|comboio|pociąg|tåg", r => r.Pick(r.Fill("ICE %##"), r.Fill("LH%###"), r.Fill("TGV %###"), r.Fill("RE %"), r.Fill("IC %###"), r.Fill("TLK %####"))),
        new("timetable", "times", "times|Zeiten|horaires|horarios|orari|tijden|horários|godziny|tider", r => string.Join(r.Pick(" ", ", ", "  "), Enumerable.Range(0, 5).Select(_ => string.Create(CultureInfo.InvariantCulture, $"{r.Below(24):00}{r.Pick(":", ".", "")}{r.Below(60):00}")))),
        new("years", "years", "years|Jahre|années|años|anni|jaren|anos|lata|år", r => r.Pick($"{r.Between(1900, 2026)}-{r.Between(1900, 2026)}", $"{r.Between(1990, 2026)}/{r.Below(100):00}", $"{r.Between(1900, 2026)}, {r.Between(1900, 2026)} {r.Pick("and", "/", "+")} {r.Between(1900, 2026)}", $"FY{r.Below(100):00}-Q{r.Between(1, 4)}")),
        new("warranty", "term", "term|Laufzeit|durée|plazo|durata|looptijd|prazo|okres|löptid", r => r.Pick($"{r.Between(2, 60)} years", $"{r.Between(2, 60)} Jahre", $"{r.Between(2, 60)} ans", $"{r.Between(2, 60)} años", $"{r.Between(2, 60)} anni", $"{r.Between(2, 60)} jaar", $"{r.Between(2, 60)} anos", $"{r.Between(5, 60)} lat", $"{r.Between(2, 60)} år", $"{r.Between(2, 60)} months")),
    ];
}
