using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Checksums;
using GatewayStack.Transform.Recognizers.Cues;
using static GatewayStack.Transform.Recognizers.Codes.CodeRows;
using static GatewayStack.Transform.Recognizers.Cues.CueKind;

namespace GatewayStack.Transform.Recognizers.Codes;

/// <summary>Papers, accounts and things whose numbers look alike everywhere: most are nothing without a word beside them.</summary>
internal static class DocumentRows
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        Row(EntityTypes.Passport, CueSet.Of(Passport), null,
            ("A99999999", -3.2), ("A9999999", -3), ("AA9999999", -3), ("AA999999", -3.2), ("999999999", -3.5), ("99999999", -3.8), ("AAA999999", -3.2), ("A999999", -3.2),
            ("AXXXXXXX9", -3.5), ("AXXXXXXXX", -3.8),
            ("99AA99999", -2.5), ("AA 9999999", -3), ("AA 999999", -3), ("99 99 999999", -1.5), ("99 9999999", -3), ("9999 999999", -2.5), ("A 9999999", -3),
            ("A-99999999", -3), ("A99A99999", -3), ("9999999", -4.2),
            ("999999999A", -3.5), ("A{1,2}-9999999", -3.2), ("AAA 999999", -2.5), ("AA99A99999", -2.5), ("XXX9XXXAA", -3.2), ("AAA9A99AA", -2.5), ("99999999 9AA9", 0),
            ("X{7,12}", -4)).InContext(),
        Row(EntityTypes.DriverLicense, CueSet.Of(License, Permit), AnyDigits(4),
            ("AAAAA999999AA9AA", 1), ("AAAAA999999AAXAA", 0.5)).Named("uk-driver-license"),
        Row(EntityTypes.DriverLicense, CueSet.Of(License, Permit), EuropeanIds.UkDriver, ("AAAAA 999999 A99AA 99", 3), ("AAAAA 999999 AA9AA 99",
            3)).Named("uk-driver-license-in-groups"),
        Row(EntityTypes.DriverLicense, CueSet.Of(License, Permit), AnyDigits(2), ("A9XXXXXXXA", -3), ("AA-999999 9", -2.5), ("AA 99999999", -2.5),
        ("AA 999999999", -2.5)).Named("driver-license-of-few-digits").InContext(),
        Row(EntityTypes.DriverLicense, CueSet.Of(License, Permit), AnyDigits(4),
            ("A9999{1,12}", -3.4), ("AA9999{1,8}", -3.6), ("99999999{0,7}", -3.8), ("A999-9999-9999", -1), ("A999-9999-9999-99", -1), ("999-99-9999", -2.5),
            ("99-999-9999", -2.5), ("A99-99-9999", -2), ("999 999 999", -3),
            ("X{5,20}", -4), ("AAAA99999999", -2.5), ("AA-99-99999999999", -1), ("AA99 99999999999", -1), ("X{1,5}-X{2,8}", -3.8), ("X{1,5}-X{2,8}-X{2,8}", -3.6),
            ("A9999-99999-99999", 0.5), ("99 AA 999999", -2.5),
            ("99AA99999", -3), ("AA9999999A", -3), ("X9999999X", -3.5)).InContext(),
        Row(EntityTypes.MedicalRecord, CueSet.Of(Medical), AnyDigits(3),
            ("99999{1,8}", -3.8), ("A{1,4}9999{1,8}", -3.6), ("A{1,5}-999{1,10}", -3.2), ("99-99-99", -3.5), ("999-99-9999{0,1}", -3.5), ("999-999-9999{0,1}", -3.5),
            ("9{2,4}-9{3,8}", -3.8), ("X{6,14}", -4.2),
            ("X{1,6}-X{2,8}-X{1,8}", -3.6), ("X{1,6}-X{2,8}", -3.8), ("AAA-AA-999999", -2.5), ("AA-9999-9999{0,4}", -2.5), ("9{20}", 0), ("99/9999{1,4}", -3.5),
            ("9999/99999{1,2}", -3), ("9{3,6}/99", -3.5), ("A/9999", -3), ("AA 99 999999", -2.5), ("9999.9999.99", -2), ("999 9999 9999", -2.5), ("A{1,4} 9999{1,6}", -3.4),
            ("A{1,4}9999999999{0,6}", -3), ("AA/9999/A", -2.5), ("9{6,8}-99", -3.5)).InContext(),
        Row(EntityTypes.MedicalRecord, CueSet.Of(Medical), static c => c.StartsWith("MRN"), ("AAA9999{1,8}", 1.5), ("AAA-9999{1,8}", 2), ("AAA 9999{1,8}", 2)).Named("mrn"),
        Row(EntityTypes.BankAccount, CueSet.Of(Account), AnyDigits(5),
            ("999999{0,1}", -5.2), ("99999999{0,14}", -3.8), ("99-99-99", -3.2), ("9999-99999-9", -2.5), ("999-999 99999999{0,1}", 0), ("9999 9999 9999", -3.4),
            ("999-999999", -3), ("99999-9", -3.5), ("9999-9", -3.8),
            ("X{8,18}", -4.4), ("9999-9999-9999", -3.2), ("9999 9999 99 9999999999", 1), ("9999-9999-99-9999999999", 1), ("AAAA9XXXXXX", -2.5), ("999-999", -3.4),
            ("999-99-99999{0,3}", -3.2), ("9{2,3}-9{6,8}-9{1,3}", -3),
            ("99 99 99", -3.6), ("9999-9999999", -3)).InContext(),
        Row(EntityTypes.BankAccount, CueSet.Of(Account), null, ("99-99-99 99999999", 2.5), ("99-99-99 / 99999999", 3), ("99-99-99/99999999", 2)).Named("uk-account"),
        Row(EntityTypes.BankAccount, CueSet.Of(Account), Clabe, ("999999999999999999", -0.8)).Named("clabe"),
        Row(EntityTypes.BankAccount, CueSet.Of(Account), PolishAccount, ("99 9999 9999 9999 9999 9999 9999", 3), ("99999999999999999999999999", 1)).Named("pl-account"),
        Row(EntityTypes.AbaRouting, CueSet.Of(Routing, Transit), AmericanIds.UsRouting, ("999999999", -2.6), ("9999-9999-9", 0.2), ("9999 9999 9", -1)),
        Row(EntityTypes.BankAccount, CueSet.Of(Routing, Transit), null, ("99999-999", -3)).Named("ca-transit").InContext(),
        Row(EntityTypes.Vin, CueSet.Of(Vin), ThingIds.VinChecked, ("X{17}", 2.5)),
        Row(EntityTypes.Vin, CueSet.Of(Vin), ThingIds.VinShape, ("X{17}", -2)).Named("vin-without-check"),
        Row(EntityTypes.Imei, CueSet.Of(Imei), ThingIds.Imei, ("999999999999999", -0.3), ("99-999999-999999-9", 4), ("99 999999 999999 9", 3.5)),
        Row(EntityTypes.Imei, CueSet.Of(Imei), null, ("99999999999999{1,2}", -3.4)).Named("imei-in-context").InContext(),
        Row(EntityTypes.LicensePlate, CueSet.Of(Plate, Vehicle), VehicleIds.British, ("AA99 AAA", 0.4), ("AA99AAA", -2.5)).Named("uk-plate"),
        Row(EntityTypes.LicensePlate, CueSet.Of(Plate, Vehicle), VehicleIds.French, ("AA-999-AA", 0.3), ("AA 999 AA", -2), ("AA999AA", -3)).Named("fr-plate"),
        Row(EntityTypes.LicensePlate, CueSet.Of(Plate, Vehicle), VehicleIds.Spanish, ("9999 AAA", -1.5), ("9999-AAA", -2), ("9999AAA", -3)).Named("es-plate"),
        Row(EntityTypes.LicensePlate, CueSet.Of(Plate, Vehicle), VehicleIds.German, ("A{1,3}-A{1,2} 9{1,4}", -0.8), ("A{1,3} A{1,2} 9{1,4}", -3), ("A{1,3}-A{1,2}9{1,4}", -2.5),
        ("A{1,3}-A{1,2} 9{1,4}A", -1)).Named("de-plate"),
        Row(EntityTypes.LicensePlate, CueSet.Of(Plate, Vehicle), null, ("AA-99-99", -3), ("99-AA-99", -2.5), ("99-AAA-9", -2.5), ("9-AAA-99", -2.5), ("AA-999-A", -2.5),
        ("A-999-AA", -2.5), ("AAA 99X", -3.2), ("AA 9X999", -3.2), ("AAA 9X99", -3.2), ("AAA 99AA", -2.8), ("A{2,3} 9A999", -2.8), ("AA 99999", -3.4),
            ("AAA 9999{0,1}", -3.6), ("AAA9A99", -2.5), ("AA 99 A{1,2} 9999", -1), ("9AAA999", -3), ("AAA-9999", -3.4)).Named("plate-of-a-vehicle").InContext(),
        Row(EntityTypes.LicensePlate, CueSet.Of(Plate, Vehicle), null, ("999-99-999", -3.5), ("99-999-99", -3.5)).Named("il-plate").InContext(),
        Row(EntityTypes.LicensePlate, CueSet.Of(Plate), static c => c.ContainsAny(Alphabets.Digit) && c.ContainsAnyInRange('A', 'Z'),
            ("AAA-9999", -3), ("AAA 9999", -3.2), ("AAA9999", -3.2), ("AAA 999", -3.4), ("AAA-999", -3.2), ("9AAA999", -2.5), ("A-AA 9999{0,1}", -1), ("AA-AA 9999{0,1}", -0.5),
            ("AAA-AA 9999{0,1}", -1), ("A{1,3}-A{1,2}-9{1,4}", -2), ("A{1,3} A{1,2} 9{1,4}", -3), ("9999 AAA", -2.5), ("9999-AAA", -2.5), ("99-AAA-9", -2.5),
            ("9-AAA-99", -2.5), ("AA-99-99", -3), ("99-AA-99", -3), ("AAA9A99", -1.5),
            ("A{2}99A{1,2}9999", -1.5), ("AA 99 A{1,2} 9999", 0), ("AA-99-A{1,2}-9999", 0), ("A{1,2}9{3,6}", -3.6), ("X{5,8}", -4), ("999-AAA", -3), ("999 AAA", -3.2),
            ("99 A{1,3} 9{2,4}", -2),
            ("A{2,3} 9{3,5}", -3.4), ("A{2,3}-9{3,5}", -3.2), ("X{1,4}-X{2,4}-X{1,4}", -3.2), ("X{1,4}-X{2,6}", -3.6), ("X{2,4} X{2,4}", -3.6), ("A{1,3}-A{1,2} 9{1,4}", -2),
            ("9{1,3} AAA 9{1,3}", -2), ("A999 AAA", -2), ("A9{2,3} A{3}", -2)).InContext(),
    ];

    private static CodeCheck AnyDigits(int least) => code =>
    {
        var count = 0;
        foreach (var c in code)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count >= least;
    };

    /// <summary>The number of a Mexican account: weights 3, 7, 1.</summary>
    /// <summary>An IBAN of Poland without its country, as it is written at home.</summary>
    private static bool PolishAccount(ReadOnlySpan<char> code)
    {
        var rest = 0;
        foreach (var part in (ReadOnlySpan<string>)[code[2..].ToString(), "2521", code[..2].ToString()])
        {
            foreach (var digit in part)
            {
                rest = ((rest * 10) + digit - '0') % 97;
            }
        }

        return rest == 1;
    }

    private static bool Clabe(ReadOnlySpan<char> code) => (10 - (Weighted(code) % 10)) % 10 == code[17] - '0' && code[0] is '0' or '1' or '6' or '7';

    private static int Weighted(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (code[i] - '0') * (i % 3 == 0 ? 3 : i % 3 == 1 ? 7 : 1) % 10;
        }

        return sum;
    }
}
