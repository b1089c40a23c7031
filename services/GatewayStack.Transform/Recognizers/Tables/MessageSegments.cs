using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>The table's rows for messages between systems, where a segment's name says what each of its fields holds: of hospitals (HL7 version 2,
/// <c>PID|1||700418827^^^MRH||DOE^JANE||19790214</c>), of trade (EDIFACT, <c>NAD+BY+++Jane Doe+Elm Road 4+York++YO1 7HH'</c>) and of American insurers (X12,
/// <c>NM1*IL*1*DOE*JANE****MI*W4471802~</c>); and for addresses of vCards (RFC 6350, <c>ADR;TYPE=home:;;4 Elm Road;York;;YO1 7HH;</c>).</summary>
internal static class MessageSegments
{
    private const int Longest = 512;
    private const int LongestValue = 64;
    private const double Sure = 0.9;

    /// <summary>What an address of a vCard has, empty or not; older ones leave the last out.</summary>
    private const int PartsOfPlace = 6;

    private const string UsNpi = "US_NPI";

    private static readonly Dialect Health = new('|', '^', '\n', "|", []);
    private static readonly Dialect Trade = new('+', ':', '\'', "+", []);
    private static readonly Dialect Insurance = new('*', ':', '~', "*", []);
    private static readonly Dialect Card = new(';', ',', '\n', ":;", []);

    /// <summary>How a kind of message is cut.</summary>
    /// <param name="Bar">Between fields.</param>
    /// <param name="Part">Between the components of one.</param>
    /// <param name="End">Behind a segment, which ends with its line, too.</param>
    /// <param name="Name">What may stand behind a segment's name.</param>
    /// <param name="Qualifier">What must stand in a field, by its number, for another to hold what is said; empty asks for nothing.</param>
    private sealed record Dialect(char Bar, char Part, char End, string Name, (int Field, int Component, string Value)[] Qualifier)
    {
        public Dialect Where(int field, string value, int component = 1) => this with { Qualifier = [.. Qualifier, (field, component, value)] };
    }

    /// <summary>Tells whether a component holds what its place says.</summary>
    private delegate bool Check(ReadOnlySpan<char> value);

    /// <summary>The rows.</summary>
    public static ImmutableArray<Recognizer> All { get; } =
    [
        Number("PID", 3), .. Names("PID", 5), .. Names("PID", 6), Date("PID", 7), .. Places("PID", 11), Phone("PID", 13), Phone("PID", 14), Number("PID", 18),
        Field(Health, "PID", 19, 1, EntityTypes.UsSsn, IsNumber), .. Names("NK1", 2), .. Places("NK1", 4), Phone("NK1", 5), Phone("NK1", 6), Date("NK1", 16), .. Names("GT1", 3),
        .. Places("GT1", 5), Phone("GT1", 6), Date("GT1", 8), .. Names("IN1", 16), Date("IN1", 18), .. Places("IN1", 19), Number("IN1", 36), .. Staff("OBR", 10), .. Staff("OBR", 15),
        .. Staff("OBR", 16), .. Staff("OBR", 28), .. Staff("ORC", 10), .. Staff("ORC", 12), .. Staff("PV1", 7), .. Staff("PV1", 8), .. Staff("PV1", 9), .. Staff("PV1", 17), .. Staff("PD1", 4),

        .. Party(3), .. Party(4), Field(Trade, "NAD", 5, 1, EntityTypes.Address, IsStreet), Field(Trade, "NAD", 5, 2, EntityTypes.Address, IsStreet),
        Field(Trade, "NAD", 6, 1, EntityTypes.Location, IsName), Field(Trade, "NAD", 8, 1, EntityTypes.Address, IsNumber), Field(Trade, "CTA", 2, 2, EntityTypes.Person, IsName),
        Field(Trade, "CTA", 2, 1, EntityTypes.Person, IsFullName), .. Reached("TE"), .. Reached("FX"), .. Reached("AL"), Field(Trade, "FII", 2, 1, EntityTypes.BankAccount, IsNumber),
        Field(Trade, "FII", 2, 2, EntityTypes.Person, IsFullName), Field(Trade.Where(1, "329"), "DTM", 1, 2, EntityTypes.DateOfBirth, IsDate),

        Field(Insurance.Where(2, "1"), "NM1", 3, 1, EntityTypes.Person, IsName), Field(Insurance.Where(2, "1"), "NM1", 4, 1, EntityTypes.Person, IsName),
        Field(Insurance.Where(2, "2"), "NM1", 3, 1, EntityTypes.Organization, IsName), Field(Insurance.Where(8, "MI"), "NM1", 9, 1, EntityTypes.MedicalRecord, IsNumber),
        Field(Insurance.Where(8, "XX"), "NM1", 9, 1, UsNpi, IsProvider), Field(Insurance.Where(8, "34"), "NM1", 9, 1, EntityTypes.UsSsn, IsNumber),
        Field(Insurance, "N3", 1, 1, EntityTypes.Address, IsStreet), Field(Insurance, "N3", 2, 1, EntityTypes.Address, IsStreet), Field(Insurance, "N4", 1, 1, EntityTypes.Location, IsName),
        Field(Insurance, "N4", 3, 1, EntityTypes.Address, IsNumber), Field(Insurance.Where(1, "D8"), "DMG", 2, 1, EntityTypes.DateOfBirth, IsDate),
        Field(Insurance, "PER", 2, 1, EntityTypes.Person, IsFullName), Field(Insurance.Where(3, "TE"), "PER", 4, 1, EntityTypes.Phone, IsPhone),
        Field(Insurance.Where(5, "TE"), "PER", 6, 1, EntityTypes.Phone, IsPhone), Field(Insurance.Where(1, "SY"), "REF", 2, 1, EntityTypes.UsSsn, IsNumber),

        Field(Card, "ADR", 1, 1, EntityTypes.Address, IsStreet), Field(Card, "ADR", 2, 1, EntityTypes.Address, IsStreet), Field(Card, "ADR", 3, 1, EntityTypes.Location, IsName),
        Field(Card, "ADR", 5, 1, EntityTypes.Address, IsNumber),
    ];

    private static Recognizer Number(string segment, int field) => Field(Health, segment, field, 1, EntityTypes.MedicalRecord, IsNumber);

    private static Recognizer Date(string segment, int field) => Field(Health, segment, field, 1, EntityTypes.DateOfBirth, IsDate);

    private static Recognizer Phone(string segment, int field) => Field(Health, segment, field, 1, EntityTypes.Phone, IsPhone);

    /// <summary>The family's name and the given one.</summary>
    private static Recognizer[] Names(string segment, int field) =>
        [Field(Health, segment, field, 1, EntityTypes.Person, IsName), Field(Health, segment, field, 2, EntityTypes.Person, IsName)];

    /// <summary>Street, town and postcode.</summary>
    private static Recognizer[] Places(string segment, int field) =>
    [
        Field(Health, segment, field, 1, EntityTypes.Address, IsStreet), Field(Health, segment, field, 3, EntityTypes.Location, IsName),
        Field(Health, segment, field, 5, EntityTypes.Address, IsNumber),
    ];

    /// <summary>A number and a name; other fields have codes and their meaning there.</summary>
    private static Recognizer[] Staff(string segment, int field) =>
    [
        Field(Health, segment, field, 1, UsNpi, IsProvider), Field(Health, segment, field, 2, EntityTypes.Person, IsName, isNumbered: true),
        Field(Health, segment, field, 3, EntityTypes.Person, IsName, isNumbered: true),
    ];

    /// <summary>A company or a person.</summary>
    private static Recognizer[] Party(int field) =>
        [Field(Trade, "NAD", field, 1, EntityTypes.Organization, IsCompany), Field(Trade, "NAD", field, 1, EntityTypes.Person, IsFullName)];

    /// <summary>A number behind whose colon stands the way to use it.</summary>
    private static Recognizer[] Reached(string way) => [Field(Trade.Where(1, way, component: 2), "COM", 1, 1, EntityTypes.Phone, IsPhone)];

    private static Recognizer Field(Dialect dialect, string segment, int field, int component, string type, Check check, bool isNumbered = false) => new()
    {
        Name = $"{segment.ToLowerInvariant()}-{field}-{component}-{string.Concat(dialect.Qualifier.Select(q => q.Value))}-{type.ToLowerInvariant()}",
        Type = type,
        Gate = Gate.Keyword,
        Keywords = [.. dialect.Name.Select(mark => segment + mark)],
        Score = Sure,
        Body = Alphabets.Line,
        MaxLength = Longest,
        MinLength = 8,
        Before = 2,
        Glance = BeginsSegment,
        Verify = (in Match match) => Verify(match, dialect, field, component, check, isNumbered),
    };

    private static bool BeginsSegment(ReadOnlySpan<char> text, int gate, int gateLength) =>
        char.IsAsciiLetterUpper(text[gate]) && (gate == 0 || text[gate - 1] is '\n' or '\r' or '"' or ' ' or '\'' or '~' or '.');

    private static Verdict Verify(in Match match, Dialect dialect, int field, int component, Check check, bool isNumbered)
    {
        var end = match.Text[match.Start..].IndexOfAny('\n', '\r', dialect.End) is var stop and >= 0 ? match.Start + stop : Math.Min(match.Text.Length, match.Start + Longest);
        if (dialect != Health && dialect != Card && (end >= match.Text.Length || match.Text[end] != dialect.End))
        {
            return Verdict.No;
        }

        // What a vCard says of a field stands before its colon.
        var head = dialect == Card ? match.Text[match.Start..end].IndexOf(':') + 1 : 0;
        if (dialect == Card && (head == 0 || match.Text[(match.Start + head)..end].Count(Card.Bar) < PartsOfPlace - 1))
        {
            return Verdict.No;
        }

        var row = match.Text[(match.Start + head)..end];
        foreach (var (at, part, value) in dialect.Qualifier)
        {
            if (!row[Find(row, dialect, at, part)].SequenceEqual(value))
            {
                return Verdict.No;
            }
        }

        var found = Find(row, dialect, field, component);
        var held = row[found];
        return held.Length is > 1 and <= LongestValue && check(held) && (!isNumbered || row[Find(row, dialect, field, 1)] is [>= '0' and <= '9', ..])
            ? new Verdict(held.Length, Sure, head + found.Start.Value) : Verdict.No;
    }

    /// <summary>Where a component stands; an empty range where there is none.</summary>
    private static Range Find(ReadOnlySpan<char> row, Dialect dialect, int field, int component)
    {
        var start = Skip(row, 0, dialect.Bar, field);
        if (start < 0)
        {
            return default;
        }

        var stop = row[start..].IndexOfAny(dialect.Bar, dialect == Health ? '~' : dialect.Bar) is var bar and >= 0 ? start + bar : row.Length;
        start = Skip(row[..stop], start, dialect.Part, component - 1);
        return start < 0 ? default : start..(row[start..stop].IndexOf(dialect.Part) is var part and >= 0 ? start + part : stop);
    }

    /// <summary>Behind so many signs; -1 where there are fewer.</summary>
    private static int Skip(ReadOnlySpan<char> text, int at, char sign, int count)
    {
        for (; count > 0; count--)
        {
            var next = text[at..].IndexOf(sign);
            if (next < 0)
            {
                return -1;
            }

            at += next + 1;
        }

        return at;
    }

    private static bool IsName(ReadOnlySpan<char> value)
    {
        if (!char.IsUpper(value[0]) && !WordStart.IsUncased(value[0]))
        {
            return false;
        }

        foreach (var c in value)
        {
            if (!(char.IsLetter(c) || WordStart.IsMark(c) || c is ' ' or '-' or '\'' or '’' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsFullName(ReadOnlySpan<char> value) => value.Count(' ') is > 0 and <= 3 && IsName(value) && !IsCompany(value);

    /// <summary>With its legal form, or in one word.</summary>
    private static bool IsCompany(ReadOnlySpan<char> value)
    {
        if (value.Length < 3 || !(char.IsLetterOrDigit(value[0])) || ColumnValues.Digits(value) > 4)
        {
            return false;
        }

        foreach (var range in value.Split(' '))
        {
            if (LegalForms.Is(value[range].TrimEnd(".,")))
            {
                return true;
            }
        }

        return !value.Contains(' ') && ColumnValues.Digits(value) == 0;
    }

    private static bool IsDate(ReadOnlySpan<char> value) => value.Length >= 8 && !value.ContainsAnyExcept(Alphabets.Digit);

    private static bool IsPhone(ReadOnlySpan<char> value) => ColumnValues.Digits(value) is >= 7 and <= 15;

    private static bool IsNumber(ReadOnlySpan<char> value) => ColumnValues.Digits(value) >= 4;

    private static bool IsProvider(ReadOnlySpan<char> value) => value.Length == 10 && !value.ContainsAnyExcept(Alphabets.Digit);

    private static bool IsStreet(ReadOnlySpan<char> value) => value.Contains(' ') || ColumnValues.Digits(value) > 0;
}
