using System.Collections.Immutable;
using GatewayStack.Transform.Evaluation.Reports;
using GatewayStack.Transform.Evaluation.Tests.Generation;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>Numbers of trade and transport.</summary>
internal static class TradeKinds
{
    public static ImmutableArray<HarmlessKind> All { get; } =
    [
        new("order", "order_no", "order number|Bestellnummer|numéro de commande|número de pedido|numero d'ordine|bestelnummer|número do pedido|numer zamówienia|ordernummer",
            r => r.Pick("", "ORD-", "SO", "#", "PO-", "4500") + r.Number(r.Between(6, 12))),
        new("order-grouped", "order_no", "order|Bestellung|commande|pedido|ordine|bestelling|encomenda|zamówienie|order",
            r => r.Pick(r.Fill("###-#######-#######"), r.Fill("%###-####-####"), r.Fill("##-#####-#####"), r.Fill("%## ### ####"), r.Fill("%###-######"), r.Fill("S%####-##"))),
        new("part", "part_no", "part number|Teilenummer|référence|referencia de pieza|codice articolo|onderdeelnummer|referência da peça|numer części|artikelnummer",
            r => r.Pick(r.Fill("%##-###-####"), r.Fill("%#-####-##"), r.Fill("@%##@##"), r.Fill("%##.###.##"), r.Fill("%#########"), r.Fill("@@-#######"), r.Fill("%### ### ## ##"), r.Fill("%##-##-####"), r.Fill("A ### ### ## ##"))),
        new("serial", "serial", "serial number|Seriennummer|numéro de série|número de serie|numero di serie|serienummer|número de série|numer seryjny|serienummer",
            r => r.Pick(r.Fill("C02@@###@@##"), r.Fill("SN##########"), r.Fill("%###########"), r.Fill("@##@####"), r.Fill("%###-##-#####"), r.Fill("@@@#########"), r.Fill("##@@######"), r.Fill("@########"))),
        new("batch", "batch", "batch|Charge|lot|lote|lotto|charge|lote|partia|parti",
            r => r.Pick(r.Fill("L%####"), r.Fill("##@###"), r.Fill("2026-###"), r.Fill("@@####-##"), r.Fill("%#######"), r.Fill("%##-@-##"), r.Fill("LOT %### ###"))),
        new("tracking", "tracking", "tracking number|Sendungsnummer|numéro de suivi|número de seguimiento|numero di spedizione|trackingnummer|número de rastreio|numer przesyłki|spårningsnummer",
            r => r.Pick("1Z" + r.Fill("@##@##########") + r.Fill("##"), r.Fill("%###########"), r.Fill("%#############"), r.Fill("%###################"), r.Fill("JD##################"), r.Fill("@@#########@@"), r.Fill("9400 #### #### #### #### ##"),
                r.Fill("%### #### ####"), r.Fill("00############"), r.Fill("3S@@@@#########"))),
        new("container", "container", "container|Container|conteneur|contenedor|container|container|contentor|kontener|container", r => r.Fill("@@@U###### #").Replace(" ", r.Pick("", " ", "-"), StringComparison.Ordinal)),
        new("waybill", "awb", "air waybill|Luftfrachtbrief|lettre de transport|guía aérea|lettera di vettura|luchtvrachtbrief|carta de porte|list przewozowy|fraktsedel", r => r.Fill(r.Pick("%##-########", "%##-#### ####", "%##########"))),
        new("invoice", "invoice_no", "invoice|Rechnung|facture|factura|fattura|factuur|fatura|faktura|faktura",
            r => r.Pick(r.Fill("INV-2026-####"), r.Fill("2026/####"), r.Fill("RE-2026-#####"), r.Fill("FV/###/11/2026"), r.Fill("%#######"), r.Fill("FA 2026-##-####"), r.Fill("%##/2026"), r.Fill("R##########"))),
        new("ticket", "ticket", "ticket|Vorgang|ticket|incidencia|segnalazione|melding|chamado|zgłoszenie|ärende",
            r => r.Pick(r.Fill("INC#######"), r.Fill("#%#####"), r.Fill("CHG00#####"), r.Fill("OPS-####"), r.Fill("REQ-2026-######"), r.Fill("%#########"), r.Fill("CASE-########"))),
        new("tender", "tender", "tender|Ausschreibung|appel d'offres|licitación|gara|aanbesteding|concurso|przetarg|upphandling",
            r => r.Pick(r.Fill("2026/S ###-######"), r.Fill("ITT/####/##"), r.Fill("BE-##/2026/###"), r.Fill("ZP.271.##.2026"), r.Fill("CIG %########@"), r.Fill("2026-OJS###-########"), r.Fill("%###-%###-2026"))),
        new("contract", "contract_ref", "contract reference|Vertragsnummer|référence du contrat|referencia del contrato|riferimento contratto|contractnummer|referência do contrato|numer umowy|avtalsnummer",
            r => r.Pick(r.Fill("K-##-####/###"), r.Fill("C/####/2026"), r.Fill("%########"), r.Fill("V%###-####"), r.Fill("FA-####/##-##"), r.Fill("@@@-##-######"))),
        new("ean", "ean", "EAN|EAN|code EAN|EAN|codice EAN|EAN|EAN|kod EAN|EAN-kod", r => WithEan(r.Pick("400", "871", "301", "841", "800", "590", "731", "501", "978") + r.Fill("#########"))),
        new("isbn", "isbn", "ISBN|ISBN|ISBN|ISBN|ISBN|ISBN|ISBN|ISBN|ISBN", r => r.Pick(r.Fill("978-%-####-####-#"), r.Fill("0-###-#####-%"), r.Fill("978##########"), r.Fill("97 88%###### ##"), r.Fill("8#-###-####-#"))),
        new("issn", "issn", "ISSN|ISSN|ISSN|ISSN|ISSN|ISSN|ISSN|ISSN|ISSN", r => r.Fill("%###-####")),
        new("sku", "sku", "SKU|Artikel|article|artículo|articolo|artikel|artigo|towar|artikel", r => r.Pick(r.Fill("@@@-####-@#"), r.Fill("%#####-###"), r.Fill("%##.##.###"), r.Fill("@@####"), r.Fill("@##-###"), r.Fill("%##-###"), r.Fill("%#######"))),
        new("sku-shaped-otherwise", "item", "item number|Artikelnummer|numéro d'article|número de artículo|codice articolo|artikelnummer|número do artigo|numer artykułu|artikelnummer",
            r => r.Pick(r.Fill("%##-##-####"), r.Fill("%######-####"), r.Fill("%##-%##-####"), r.Fill("##%###-####"), r.Fill("%### #### ####"), r.Fill("%#.###.###-#"), r.Fill("########@"), r.Fill("%## ### ###"))) { NeedsHead = true },
        new("luhn-serial", "serial_no", "serial number|Seriennummer|numéro de série|número de serie|numero di serie|serienummer|número de série|numer seryjny|serienummer",
            r => r.Fill(r.Pick("4###############", "51##############", "37#############", "6011############"))[..^1] is var body ? body + Digits.Luhn(body) : body) { NeedsHead = true },
        new("nought-reference", "ref_no", "reference|Referenznummer|référence|referencia|riferimento|referentie|referência|numer referencyjny|diarienummer",
            r => r.Pick(r.Fill("0%-##-##-##-##"), r.Fill("0% ## ## ## ##"), r.Fill("0%#-###-####"), r.Fill("0%##-###-###"), r.Fill("0%## ### ###"), r.Fill("0%#/######"), r.Fill("00%##-####-###"), r.Fill("0%.##.##.##.##"))) { NeedsHead = true },
        new("dated-serial", "run", "run|Lauf|série|serie|serie|reeks|série|seria|körning",
            r => Day(r) is var d ? r.Pick($"{d:yyMMdd}-{r.Fill("####")}", $"{d:yyyyMMdd}-{r.Fill("####")}", $"{d:yyMMdd}-{r.Below(24):00}{r.Below(60):00}", $"{d:yyyyMMdd}{r.Below(24):00}{r.Below(60):00}", $"{d:ddMMyy}-{r.Fill("####")}", $"{d:yyMMdd}{r.Fill("####")}", $"{d:yyMMdd}/{r.Fill("###")}", $"{d:yyyyMMdd}_{r.Fill("######")}") : ""),
        new("customs", "hs_code", "HS code|Zolltarifnummer|code SH|código arancelario|codice doganale|goederencode|código pautal|kod CN|tulltaxenummer", r => r.Pick(r.Fill("%###.##.##"), r.Fill("%### ## ##"), r.Fill("%#########"), r.Fill("%###.##"), r.Fill("%### ## ## ##"))),
        new("cpv", "cpv", "CPV|CPV-Code|code CPV|CPV|CPV|CPV-code|CPV|kod CPV|CPV-kod", r => r.Fill("%#####00-#")),
        new("nace", "nace", "NACE|WZ-Code|code APE|CNAE|ATECO|SBI-code|CAE|PKD|SNI-kod", r => r.Pick(r.Fill("%#.##"), r.Fill("%#.##@"), r.Fill("%#####"), r.Fill("%###.#"))),
        new("ledger-account", "gl_account", "G/L account|Sachkonto|compte général|cuenta contable|conto di contabilità|grootboekrekening|conta contabilística|konto księgowe|bokföringskonto", r => r.Pick(r.Fill("%#####"), r.Fill("%###"), r.Fill("%##-##-##"), r.Fill("%#####00"), r.Fill("%##.##.###"))),
        new("cost-centre", "cost_center", "cost centre|Kostenstelle|centre de coûts|centro de coste|centro di costo|kostenplaats|centro de custo|MPK|kostnadsställe", r => r.Pick(r.Fill("%###"), r.Fill("%#-####"), r.Fill("CC-%###"), r.Fill("%#########"), r.Fill("%###-##-##"))),
        new("voucher", "voucher", "voucher|Beleg|pièce|comprobante|documento contabile|boekstuk|comprovativo|dowód księgowy|verifikat", r => r.Pick(r.Fill("V-%####"), r.Fill("%#########"), r.Fill("A %##"), r.Fill("19########"), r.Fill("%###/##"))),
        new("pallet", "sscc", "pallet|Palette|palette|palé|bancale|pallet|palete|paleta|pall", r => r.Pick(r.Fill("00%#################"), r.Fill("%#################"), r.Fill("P-####"), r.Fill("PAL %## ###"))),
    ];

    private static DateTime Day(SplitMix r) => new(r.Between(2017, 2026), r.Between(1, 12), r.Between(1, 28), 0, 0, 0, DateTimeKind.Unspecified);

    private static string WithEan(string body)
    {
        var sum = Digits.Weighted(body, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3);
        return body + (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
