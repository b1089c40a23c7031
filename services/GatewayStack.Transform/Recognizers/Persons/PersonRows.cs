using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>The table's rows for names and places where the text's structure says what they are, without the tagger.</summary>
internal static class PersonRows
{
    /// <summary>The rows.</summary>
    public static ImmutableArray<Recognizer> All { get; } =
    [
        Field("person-field", EntityTypes.Person, [FieldKind.Name, FieldKind.NamePart, FieldKind.AnyName], FieldValues.VerifyName),
        Field("location-field", EntityTypes.Location, [FieldKind.Place], FieldValues.VerifyPlace),
        Field("organization-field", EntityTypes.Organization, [FieldKind.Organization], FieldValues.VerifyOrganization),
        Field("address-field", EntityTypes.Address, [FieldKind.Address], FieldValues.VerifyAddress) with { MaxLength = 128 },
        Words("person-titled", TitledNames.Titles, TitledNames.IsTitle, TitledNames.VerifyTitled),
        Words("person-titled-small", TitledNames.SmallTitles, TitledNames.IsSmallTitle, TitledNames.VerifyTitled),
        Words("person-related", RelatedNames.Words, RelatedNames.MayBegin, RelatedNames.Verify),
        Words("person-greeted", TitledNames.Greetings, TitledNames.IsGreeting, TitledNames.VerifyGreeted),
        Words("person-signed", TitledNames.Closings, TitledNames.IsClosing, TitledNames.VerifySigned) with { Body = Alphabets.Any },
        Words("person-paid", PaidNames.Words, PaidNames.MayBegin, PaidNames.Verify),
        Words("organization-form", LegalForms.Keywords, LegalForms.MayEnd, LegalForms.Verify) with
        {
            Type = EntityTypes.Organization, MaxLength = 24, Back = 64, Reach = LegalForms.ReachOf,
        },
        new()
        {
            Name = "nationality-of-a-person", Type = EntityTypes.Nationality, Gate = Gate.Keyword, Score = 0.8,
            Keywords = DemonymVerifier.Words, Body = Alphabets.Line, MaxLength = 48, Before = 2,
            Verify = DemonymVerifier.Verify,
        },
        new()
        {
            Name = "nationality-said", Type = EntityTypes.Nationality, Gate = Gate.Keyword, Score = 0.75,
            Keywords = Nationals.Words, Body = Alphabets.Line, MaxLength = 48, Before = 128, After = 2,
            Verify = Nationals.Verify,
        },
        new()
        {
            Name = "nationality-in-a-note", Type = EntityTypes.Nationality, Gate = Gate.Keyword, Score = 0.8,
            Keywords = Nationalities.Adjectives, Body = Alphabets.Line, MaxLength = 72, Before = 64,
            Verify = Nationalities.Verify,
        },
        new()
        {
            Name = "person-mailbox", Type = EntityTypes.Person, Gate = Gate.At, Score = 0.9,
            Lead = Alphabets.EmailLocal, MinLead = 1, MaxLead = 64, Body = Alphabets.EmailDomain, MaxLength = 4, MinLength = 3, Back = 64, Reach = TitledNames.ReachOf,
            Pattern = Patterns.Anchored("[^@]+@"),
            Verify = TitledNames.VerifyMailbox,
        },
    ];

    private static Recognizer Field(string name, string type, FieldKind[] kinds, Verifier verify) => new()
    {
        Name = name,
        Type = type,
        Gate = Gate.Colon,
        Score = 0.9,
        Body = Alphabets.Line,
        MaxLength = 80,
        MinLength = 3,
        Survey = FieldValues.KindAt,
        Needs = kinds.Sum(kind => 1 << (int)kind),
        Verify = verify,
    };

    private static Recognizer Words(string name, string[] keywords, Glance glance, Verifier verify) => new()
    {
        Name = name,
        Type = EntityTypes.Person,
        Gate = Gate.Keyword,
        Keywords = keywords,
        Score = 0.9,
        Body = Alphabets.Line,
        MaxLength = 72,
        MinLength = 2,
        Glance = glance,
        Verify = verify,
    };
}
