using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>The table's rows for postal addresses: a number opens the grammar.</summary>
internal static class AddressRows
{
    private static readonly SearchValues<char> Code = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz -");

    /// <summary>The rows.</summary>
    public static ImmutableArray<Recognizer> All { get; } =
    [
        new()
        {
            Name = "address", Type = EntityTypes.Address, Gate = Gate.Digit, Score = 0.8,
            Body = Alphabets.Any, MaxLength = 200, MinLength = 1, Before = AddressReach.Longest, Back = AddressReach.Longest,
            Reach = AddressReach.StartOf, Glance = AddressGlance.IsWorthIt,
            Outlook = AddressVerifier.Outlook,
            Verify = AddressVerifier.Verify,
        },
        new()
        {
            Name = "postcode", Type = EntityTypes.Address, Gate = Gate.Digit, Score = 0.85,
            Lead = Alphabets.Letter, MinLead = 1, MaxLead = 2, Body = Code, MaxLength = 9, MinLength = 5,
            Pattern = Patterns.Anchored(@"(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z][ \-]?\d[A-Z]\d|(?:[A-Z]\d{2}|D6W) ?[A-Z\d]{4})"),
            Verify = AddressVerifier.VerifyLettered,
        },
        CjkAddress.Row,
        SaidAddress.Row,
    ];
}
