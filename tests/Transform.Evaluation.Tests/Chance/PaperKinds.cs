using System.Collections.Immutable;
using GatewayStack.Transform.Evaluation.Tests.Generation;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>Numbers of files, laws, standards and registers of things and firms.</summary>
internal static class PaperKinds
{
    public static ImmutableArray<HarmlessKind> All { get; } =
    [
        new("file-reference", "file_ref", "file reference|Aktenzeichen|référence du dossier|expediente|pratica|dossiernummer|processo|sygnatura|diarienummer",
            r => r.Pick(r.Fill("% C ###/26"), r.Fill("%#/2026"), r.Fill("II.4-%###/2026"), r.Fill("XI ZR %##/25"), r.Fill("Dnr 2026/%###"), r.Fill("RG %####/2026"), r.Fill("AB.%.##.2026"), r.Fill("%###-%##/2026"), r.Fill("2026-%####"))),
        new("statute", "law", "section|Paragraf|article|artículo|articolo|artikel|artigo|paragraf|paragraf",
            r => r.Pick(r.Fill("§ %## Abs. %"), r.Fill("%# U.S.C. § %###"), r.Fill("Art. %##-%#"), r.Fill("2016/679"), r.Fill("(EU) 2024/1###"), r.Fill("D.Lgs. %##/2001"), r.Fill("Ley 39/2015"), r.Fill("SFS 2018:2##"), r.Fill("Dz.U. 2026 poz. %##"), r.Fill("L. %##-%#"))),
        new("paragraph", "paragraph", "paragraph|Abschnitt|chapitre|capítulo|capitolo|hoofdstuk|capítulo|rozdział|kapitel", r => r.Pick(r.Fill("%.%.%#"), r.Fill("%#.%.%"), r.Fill("%.%.%.%"), r.Fill("A.%.%"), r.Fill("%(%)(a)"))),
        new("standard", "standard", "standard|Norm|norme|norma|norma|norm|norma|norma|standard", r => r.Pick(r.Fill("ISO %####:2022"), r.Fill("DIN EN %####-%"), r.Fill("IEC 61###-%-%"), r.Fill("ASTM A%##/A%##M"), r.Fill("UNE-EN %###"), r.Fill("RFC %###"))),
        new("patent", "patent", "patent|Patent|brevet|patente|brevetto|octrooi|patente|patent|patent", r => r.Pick(r.Fill("EP %###### B1"), r.Fill("US %#,###,###"), r.Fill("DE 10 2026 ### ### A1"), r.Fill("WO 2026/######"), r.Fill("PL%#####"))),
        new("doi", "doi", "DOI|DOI|DOI|DOI|DOI|DOI|DOI|DOI|DOI", r => r.Pick(r.Fill("10.%###/s%####-026-%####-%"), r.Fill("10.%###/j.abc.2026.%#####"), r.Fill("arXiv:26##.#####"))),
        new("drawing", "drawing", "drawing|Zeichnung|plan|plano|disegno|tekening|desenho|rysunek|ritning", r => r.Pick(r.Fill("%###-%##-%#"), r.Fill("Z-%#####-##"), r.Fill("%##.%##.%##-%#"), r.Fill("A-%##-%##"), r.Fill("%#-%###-%##-@"))),
        new("company-register", "reg_no", "company number|Handelsregister|RCS|registro mercantil|REA|KvK-nummer|registo comercial|KRS|organisationsnummer", r => r.Pick(r.Fill("HRB %#####"), r.Fill("%##### "), r.Fill("0%######"), r.Fill("%## ### ###"), r.Fill("%#######")).Trim()) { NeedsHead = true },
        new("vat", "vat_id", "VAT number|USt-IdNr.|TVA|NIF-IVA|P.IVA|btw-nummer|número de IVA|VAT UE|momsnummer", r => r.Pick(r.Fill("DE%########"), r.Fill("FR%#%########"), r.Fill("NL%########B0%"), r.Fill("IT%##########"), r.Fill("ATU%#######"), r.Fill("SE%#########01"), r.Fill("GB%## #### ##"))) { NeedsHead = true },
        new("catalogue", "catalogue_no", "catalogue number|Katalognummer|cote|signatura|segnatura|catalogusnummer|cota|numer katalogowy|katalognummer", r => r.Pick(r.Fill("%##.%# @@@"), r.Fill("@@ %### .@%## 2019"), r.Fill("MS %##"), r.Fill("RISM A/I %###"), r.Fill("Inv. %###.%##"), r.Fill("Op. %##"), r.Fill("BWV %##"))),
        new("plot", "plot", "plot|Flurstück|parcelle|parcela|particella|perceel|parcela|działka|fastighet", r => r.Pick(r.Fill("%##/%"), r.Fill("AB %##"), r.Fill("Fl. % Nr. %##/%"), r.Fill("%###.%##"), r.Fill("%####/%#"))),
        new("chemical", "cas", "CAS|CAS-Nummer|numéro CAS|CAS|CAS|CAS-nummer|CAS|numer CAS|CAS-nummer", r => r.Pick(r.Fill("%###-##-#"), r.Fill("%##-##-#"), r.Fill("%####-##-#"), r.Fill("EC 2##-###-#"), r.Fill("UN%###"), r.Fill("%######-##-#"))),
        new("exam", "exam", "exam|Prüfung|examen|examen|esame|examen|exame|egzamin|tentamen", r => r.Pick(r.Fill("Q%#"), r.Fill("%#/%#"), r.Fill("WS26-%##"), r.Fill("INF%###"), r.Fill("%# ECTS"), r.Fill("No. %##"))),
        new("frequency", "freq", "frequency|Frequenz|fréquence|frecuencia|frequenza|frequentie|frequência|częstotliwość|frekvens", r => r.Pick(r.Fill("%##.### MHz"), r.Fill("%#.# kHz"), r.Fill("%###,# kHz"), r.Fill("2.4## GHz"))),
    ];
}
