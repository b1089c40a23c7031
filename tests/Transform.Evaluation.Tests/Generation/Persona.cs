using System.Globalization;
using System.Text;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>A made-up person, with all that belongs to one. The same slot has the same value each time it is asked for.</summary>
internal sealed class Persona
{
    private static readonly string[] Nationalities =
        ["German", "Brazilian", "Nigerian", "Irish", "Korean", "Italian", "Canadian", "Turkish", "Polish", "Mexican", "French", "Indian", "Swedish", "Japanese", "Dutch"];

    private readonly Locale _locale;
    private readonly SplitMix _random;
    private readonly Dictionary<string, (string Type, string Value)> _values = new(StringComparer.Ordinal);
    private readonly string _first;
    private readonly string _last;
    private readonly DateOnly _born;
    private readonly string[] _city;

    public Persona(Locale locale, SplitMix random)
    {
        _locale = locale;
        _random = random;
        _first = One("first");
        _last = One("last");
        _born = new DateOnly(random.Between(1938, 2006), random.Between(1, 12), random.Between(1, 28));
        _city = One("city").Split('/');
    }

    /// <summary>Type and value of a slot; null when there is no such slot.</summary>
    public (string Type, string Value)? Of(string slot)
    {
        if (!_values.TryGetValue(slot, out var value))
        {
            if (Make(slot) is not { } made)
            {
                return null;
            }

            _values[slot] = value = made;
        }

        return value;
    }

    private (string Type, string Value)? Make(string slot) => slot switch
    {
        "full" => ("PERSON", $"{_first} {_last}"),
        "first" => ("PERSON", _first),
        "last" => ("PERSON", _last),
        "upper" => ("PERSON", $"{_first} {_last}".ToUpperInvariant()),
        "lower" => ("PERSON", $"{_first} {_last}".ToLowerInvariant()),
        "lowerfirst" => ("PERSON", _first.ToLowerInvariant()),
        "lastfirst" => ("PERSON", $"{_last}, {_first}"),
        "initial" => ("PERSON", $"{_first[0]}. {_last}"),
        "middle" => ("PERSON", $"{_first} {(char)('A' + _random.Below(26))}. {_last}"),
        "email" => ("EMAIL", Email()),
        "phone" => ("PHONE", _random.Fill(One("phone"))),
        "addr" => ("ADDRESS", Address("address")),
        "lines" => ("ADDRESS", Address("lines")),
        "street" => ("ADDRESS", Street()),
        "city" => ("LOCATION", _city[0]),
        "country" => ("LOCATION", _locale.Lists["country"][1]),
        "company" => ("ORGANIZATION", One("company")),
        "dob" => ("DATE_OF_BIRTH", _born.ToString(_random.Pick("yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy", "d MMM yyyy", "MMMM d, yyyy", "d. MMMM yyyy"), CultureInfo.InvariantCulture)),
        "dobiso" => ("DATE_OF_BIRTH", _born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        "dobnum" => ("DATE_OF_BIRTH", _born.ToString(_locale.Key == "us" ? "MM/dd/yyyy" : "dd.MM.yyyy", CultureInfo.InvariantCulture)),
        "age" => ("AGE", (2026 - _born.Year).ToString(CultureInfo.InvariantCulture)),
        "user" => ("USERNAME", User()),
        "handle" => ("USERNAME", "@" + User()),
        "id" => Id(One("id")),
        "iban" => ("IBAN", Accounts.Iban(_random, _locale.Country)),
        "swift" => ("SWIFT", Accounts.Swift(_random, _locale.Country)),
        "card" => ("CREDIT_CARD", Accounts.Card(_random)),
        "cvv" => ("CVV", _random.Number(3)),
        "acct" => ("BANK_ACCOUNT", _random.Number(_random.Between(8, 12))),
        "aba" => ("ABA_ROUTING", Accounts.AbaRouting(_random)),
        "btc" => ("CRYPTO", Accounts.Bitcoin(_random)),
        "eth" => ("CRYPTO", Accounts.Ethereum(_random)),
        "vin" => ("VIN", Accounts.Vin(_random)),
        "imei" => ("IMEI", Accounts.Imei(_random)),
        "plate" => ("LICENSE_PLATE", _random.Fill(One("plate"))),
        "passport" => ("PASSPORT", _random.Fill(_random.Pick("@########", "#########", "@@#######", "C01X00T4#"))),
        "license" => ("DRIVER_LICENSE", _random.Fill(_random.Pick("@#######", "@###-####-####", "@@@@@######@@#@@", "########"))),
        "mrn" => ("MEDICAL_RECORD", _random.Fill(_random.Pick("########", "MRN-#######", "H%######", "##-##-##%"))),
        "ip" => ("IP", $"{_random.Pick("81", "93", "145", "176", "203", "78", "24", "185")}.{_random.Between(1, 223)}.{_random.Between(0, 255)}.{_random.Between(1, 254)}"),
        "ip6" => ("IP", _random.Fill("2a02:8109:%&&&:%&&&::%&&&")),
        "mac" => ("MAC", string.Join(_random.Pick(":", "-"), Enumerable.Range(0, 6).Select(i => i == 0 ? "3c" : _random.Text(Digits.Hex, 2)))),
        "url" => ("URL", $"https://{_random.Pick("www.linkedin.com/in/", "github.com/", "twitter.com/", "www.facebook.com/")}{User()}"),
        "geo" => ("COORDINATES", string.Create(CultureInfo.InvariantCulture, $"{_random.Between(-55, 65)}.{_random.Number(5)}, {_random.Between(-170, 170)}.{_random.Number(5)}")),
        "nat" => ("NATIONALITY", Nationalities[_random.Below(Nationalities.Length)]),
        _ => slot.StartsWith("id:", StringComparison.Ordinal) ? Id(slot[3..]) : null,
    };

    private (string, string) Id(string type) => (type, NationalIds.Make(type, _random, _born));

    private string One(string list)
    {
        var items = _locale.Lists[list];
        return items[_random.Below(items.Length)];
    }

    private string Address(string form)
    {
        var street = One("street");
        return _random.Fill(One(form).Replace("{zip}", _city[2], StringComparison.Ordinal))
            .Replace("{street}", street, StringComparison.Ordinal)
            .Replace("{city}", _city[0], StringComparison.Ordinal)
            .Replace("{region}", _city[1], StringComparison.Ordinal);
    }

    private string Street()
    {
        var form = One("lines").Split('\n')[0];
        return _random.Fill(form).Replace("{street}", One("street"), StringComparison.Ordinal);
    }

    private string Email()
    {
        var (first, last) = (Plain(_first), Plain(_last));
        var local = _random.Below(6) switch
        {
            0 => $"{first}.{last}",
            1 => $"{first[0]}{last}",
            2 => $"{last}.{first}",
            3 => $"{first}{_born.Year % 100:00}",
            4 => $"{first}_{last}",
            _ => $"{first}+{_random.Pick("news", "shop", "work")}",
        };
        return $"{local}@{One("domain")}";
    }

    private string User()
    {
        var (first, last) = (Plain(_first), Plain(_last));
        return _random.Below(5) switch
        {
            0 => $"{first}{last[0]}",
            1 => $"{first[0]}{last}",
            2 => $"{first}_{_random.Between(10, 99)}",
            3 => $"{last}{first[..Math.Min(3, first.Length)]}",
            _ => $"{_random.Pick("real", "the", "mc")}_{first}",
        };
    }

    private static string Plain(string name) =>
        string.Concat(name.ToLowerInvariant().Replace("ı", "i", StringComparison.Ordinal).Replace("ł", "l", StringComparison.Ordinal).Replace("ø", "o", StringComparison.Ordinal)
            .Normalize(NormalizationForm.FormD).Where(char.IsAsciiLetter));
}
