using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Nations;

/// <summary>The table's rows for nationalities that the text's structure says: the answer to a question, the value of a field, an adjective before somebody.</summary>
internal static class NationRows
{
    private static readonly string[] Questions =
    [
        "nationality", "citizenship", "staatsangehörigkeit", "staatsbürgerschaft", "nationalität", "nationalité", "citoyenneté", "nacionalidad", "ciudadanía", "nazionalità", "cittadinanza",
        "nacionalidade", "cidadania", "nationaliteit", "staatsburgerschap", "obywatelstwo", "narodowość", "medborgarskap", "nationalitet",
    ];

    /// <summary>Nationalities of two words.</summary>
    private static readonly string[] Pairs =
    [
        "South African", "Sri Lankan", "South Korean", "North Korean", "Costa Rican", "Puerto Rican", "New Zealand", "Saudi Arabian", "Sierra Leonean", "Cape Verdean", "East Timorese", "South Sudanese",
        "Papua New Guinean", "Burkinabé", "Samoan", "Fijian", "Georgian", "Bangladesh", "Beninese", "Bhutanese", "Botswanan", "Chadian", "Guinean", "Guyanese", "Mauritanian", "Surinamese", "Turkmen",
    ];

    /// <summary>The rows.</summary>
    public static ImmutableArray<Recognizer> All { get; } =
    [
        new()
        {
            Name = "nationality-answered", Type = EntityTypes.Nationality, Gate = Gate.Keyword, Score = 0.9,
            Keywords = Questions, Body = Alphabets.Any, MaxLength = 140, Before = 2,
            Verify = static (in Match match) => NationAnswers.Verify(match, 0),
        },
        new()
        {
            Name = "nationality-answered-too", Type = EntityTypes.Nationality, Gate = Gate.Keyword, Score = 0.9,
            Keywords = Questions, Body = Alphabets.Any, MaxLength = 140, Before = 2,
            Verify = static (in Match match) => NationAnswers.Verify(match, 1),
        },
        new()
        {
            Name = "nationality-before-somebody", Type = EntityTypes.Nationality, Gate = Gate.Keyword, Score = 0.85,
            Keywords = [.. Nationals.Words.Concat(Pairs).Distinct(StringComparer.OrdinalIgnoreCase)], Body = Alphabets.Line, MaxLength = 56, Before = 48, After = 2,
            Verify = NationOfSomebody.Verify,
        },
    ];
}
