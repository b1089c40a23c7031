using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>The table's rows for dates of birth and ages.</summary>
internal static class DateRows
{
    /// <summary>The rows.</summary>
    public static ImmutableArray<Recognizer> All { get; } =
    [
        new()
        {
            Name = "date-of-birth", Type = EntityTypes.DateOfBirth, Gate = Gate.Digit, Score = 0.9,
            Body = Alphabets.Line, MaxLength = 64, MinLength = 2, Before = BirthCues.Reach, Back = 14, Reach = MonthAt, Glance = BirthVerifier.MayBegin,
            Verify = BirthVerifier.Verify,
        },
        new()
        {
            Name = "age", Type = EntityTypes.Age, Gate = Gate.Digit, Score = 0.85,
            Body = Alphabets.Line, MaxLength = 64, MinLength = 1, Glance = AgeVerifier.MayBegin,
            Verify = AgeVerifier.Verify,
        },
        new()
        {
            Name = "age-in-words", Type = EntityTypes.Age, Gate = Gate.Keyword, Score = 0.85, Keywords = NumberWords.All,
            Body = Alphabets.Line, MaxLength = 64, MinLength = 1, Glance = AgeVerifier.MayBegin,
            Verify = AgeVerifier.Verify,
        },
        new()
        {
            Name = "age-answered", Type = EntityTypes.Age, Gate = Gate.Keyword, Score = 0.85, Keywords = AgeAnswers.Questions,
            Body = Alphabets.Any, MaxLength = AgeAnswers.Window, Before = 2, Glance = AgeAnswers.MayBeAsked,
            Verify = AgeAnswers.Verify,
        },
    ];

    /// <summary>A month's name may begin a date, and that of an era.</summary>
    private static int MonthAt(ReadOnlySpan<char> known)
    {
        var at = known.TrimEnd(" .").Length;
        while (at > 0 && char.IsLetter(known[at - 1]))
        {
            at--;
        }

        return DateShape.IsMonth(known[at..].TrimEnd(" .")) ? at : DateShape.EndsInEra(known) ? known.Length - DateShape.EraLength : known.Length;
    }
}
