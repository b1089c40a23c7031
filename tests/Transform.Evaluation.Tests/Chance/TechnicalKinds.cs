using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Transform.Evaluation.Reports;
using GatewayStack.Transform.Evaluation.Tests.Generation;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>Identifiers and numbers that programs write.</summary>
internal static class TechnicalKinds
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static ImmutableArray<HarmlessKind> All { get; } =
    [
        new("uuid", "request_id", Same("request ID"), r => r.Fill("&&&&&&&&-&&&&-4&&&-b&&&-&&&&&&&&&&&&")),
        new("ulid", "event_id", Same("event ID"), r => "01J" + r.Text(Crockford, 23)),
        new("snowflake", "message_id", Same("message ID"), r => "1" + r.Fill("##################")),
        new("object-id", "object_id", Same("object ID"), r => r.Text(Digits.Hex, 24)),
        new("trace", "trace_id", Same("trace"), r => r.Pick(r.Text(Digits.Hex, 32), r.Text(Digits.Hex, 16), "00-" + r.Text(Digits.Hex, 32) + "-" + r.Text(Digits.Hex, 16) + "-01")),
        new("commit", "commit", Same("commit"), r => r.Text(Digits.Hex, r.Pick("7", "8", "12", "40") is var n ? int.Parse(n, CultureInfo.InvariantCulture) : 0)),
        new("digest", "sha256", Same("digest"), r => r.Pick("sha256:", "", "") + r.Text(Digits.Hex, r.Below(2) == 0 ? 64 : 32)),
        new("crc", "crc", Same("checksum"), r => r.Pick("0x" + r.Text(Digits.Hex, 8), r.Text(Digits.Hex, 8).ToUpperInvariant(), r.Number(10), r.Number(9))),
        new("epoch", "ts", Same("timestamp"), r => "17" + r.Fill(r.Pick("########", "###########", "##############", "########.######"))),
        new("stamp", "created_at", "created|erstellt|créé|creado|creato|aangemaakt|criado|utworzono|skapad",
            r => Moment(r).ToString(r.Pick("yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd HH:mm:ss,fff", "yyyyMMddHHmmss", "dd.MM.yyyy HH:mm", "yyyyMMdd'T'HHmmss'Z'", "dd/MMM/yyyy:HH:mm:ss +0000", "MM/dd/yyyy hh:mm tt", "yyyy-MM-dd'T'HH:mm:ss.ffffff+02:00"), CultureInfo.InvariantCulture)),
        new("date", "date", "date|Datum|date|fecha|data|datum|data|data|datum", r => Moment(r).ToString(r.Pick("yyyy-MM-dd", "dd.MM.yyyy", "MM/dd/yyyy", "d MMMM yyyy", "dd-MM-yy", "yyyy/MM/dd", "d.M.yy", "yyyyMMdd", "dd MM yyyy"), CultureInfo.InvariantCulture)),
        new("duration", "elapsed", "duration|Dauer|durée|duración|durata|duur|duração|czas trwania|varaktighet", r => r.Pick(r.Fill("#:##:##.###"), r.Fill("PT%H##M"), r.Fill("%##,###ms"), r.Fill("0#:5#:##"), r.Fill("%h ##min"), r.Fill("%### s"))),
        new("version", "version", "version|Version|version|versión|versione|versie|versão|wersja|version",
            r => r.Pick($"{r.Below(20)}.{r.Below(30)}.{r.Below(60)}", $"{r.Below(20)}.{r.Below(10)}.{r.Between(1000, 9000)}.{r.Below(90)}", $"v{r.Below(9)}.{r.Below(20)}.{r.Below(9)}-rc.{r.Below(9)}", $"{r.Below(20)}.{r.Below(30)}.{r.Below(60)}.{r.Below(200)}", r.Fill("20%#.#.#.%#"))) { NeedsHead = true },
        new("build", "build", Same("build"), r => r.Pick(r.Fill("%####"), r.Fill("202611##.%"), r.Fill("%#@%#"), r.Fill("b%###"), r.Fill("%####.%###"))),
        new("port", "port", Same("port"), r => r.Pick(r.Fill("%###"), r.Fill("%###-%###"), r.Fill(":%####"), r.Fill("%###/tcp"))),
        new("bytes", "size", "size|Größe|taille|tamaño|dimensione|grootte|tamanho|rozmiar|storlek", r => r.Pick(r.Number(r.Between(6, 12)), r.Fill("%##,###,###"), r.Fill("%.### MB"), r.Fill("%## ### ###"), r.Fill("%##.###.###"), r.Fill("%### kB"))),
        new("address-in-memory", "addr", Same("pointer"), r => r.Pick("0x" + r.Text(Digits.Hex, 16), "0x7f" + r.Text(Digits.Hex, 10), "0x" + r.Text(Digits.Hex, 8), r.Text(Digits.Hex, 8) + ":" + r.Text(Digits.Hex, 8))),
        new("hex-dump", "bytes", Same("dump"), r => string.Join(' ', Enumerable.Range(0, r.Pick("8", "12", "16") is var n ? int.Parse(n, CultureInfo.InvariantCulture) : 0).Select(_ => r.Text(Digits.Hex, 2)))),
        new("oid", "oid", Same("OID"), r => r.Pick("1.3.6.1.4.1." + r.Fill("%###.%.%.%#"), "1.3.6.1.2.1." + r.Fill("%.%.%.%"), "2.5.29." + r.Fill("%#"), "1.2.840." + r.Fill("%#####.%.%.%#"))),
        new("network", "cidr", Same("subnet"), r => r.Pick("10." + r.Fill("%.0.0/16"), "172.16." + r.Fill("%.0/24"), "192.168." + r.Fill("%.0/24"), "10.0.0.0/8", "255.255.255.0", "fd00:" + r.Fill("%:%") + "::/48")),
        new("eui", "eui64", Same("node"), r => r.Pick(r.Text(Digits.Hex, 16).ToUpperInvariant(), string.Join(':', Enumerable.Range(0, 8).Select(_ => r.Text(Digits.Hex, 2))), string.Join('-', Enumerable.Range(0, 8).Select(_ => r.Text(Digits.Hex, 2))))),
        new("process", "pid", Same("process"), r => r.Pick(r.Fill("%###"), r.Fill("%#####"), r.Fill("tid=%########"), r.Fill("%###[%###]"))),
        new("error-code", "code", "error|Fehler|erreur|error|errore|fout|erro|błąd|fel", r => r.Pick(r.Fill("0x8007####"), r.Fill("E-%###"), r.Fill("ORA-#####"), r.Fill("CS####"), r.Fill("-2146######"), r.Fill("%##"), r.Fill("CVE-2026-#####"), r.Fill("KB%######"), r.Fill("E%##-%#"))),
        new("asset", "asset", "asset tag|Inventarnummer|numéro d'inventaire|número de inventario|numero di inventario|inventarisnummer|número de inventário|numer inwentarzowy|inventarienummer", r => r.Pick(r.Fill("%#####"), r.Fill("IT-######"), r.Fill("@@@-%####"), r.Fill("%##-%####"), r.Fill("00%#####"))),
        new("host", "host", Same("host"), r => r.Pick(r.Fill("srv-%#-ber"), r.Fill("ip-10-%#-%#-%##"), r.Fill("WS%####"), r.Fill("db%#.internal"), r.Fill("node-%###"))),
        new("cloud-resource", "resource", Same("resource"), r => r.Pick("i-0" + r.Text(Digits.Hex, 16), "subnet-" + r.Text(Digits.Hex, 8), "vol-0" + r.Text(Digits.Hex, 16), "arn:aws:s3:::" + r.Text(Digits.Lower, 8), "ami-" + r.Text(Digits.Hex, 8), "pod-" + r.Text(Digits.Lower + Digits.Ten, 5))),
        new("message-id", "message_id", Same("Message-ID"), r => "<" + r.Text(Digits.Hex, 16) + "@" + r.Pick("mx", "mail", "smtp") + r.Below(9) + ".example>"),
        new("color", "color", "colour|Farbe|couleur|color|colore|kleur|cor|kolor|färg", r => r.Pick("#" + r.Text(Digits.Hex, 6), r.Fill("rgb(%#, %#, %#)"), r.Fill("RAL %###"), r.Fill("NCS S %###-Y##R"))),
        new("register", "register", Same("register"), r => r.Pick(r.Fill("4000%"), r.Fill("DB%##.DBX%#.#"), r.Fill("0x%###"), r.Fill("%####:%"))),
    ];

    private static string Same(string word) => string.Join('|', Enumerable.Repeat(word, 9));

    private static DateTime Moment(SplitMix r) => new DateTime(r.Between(2018, 2027), r.Between(1, 12), r.Between(1, 28), r.Below(24), r.Below(60), r.Below(60), DateTimeKind.Unspecified).AddMicroseconds(r.Below(1_000_000));
}
