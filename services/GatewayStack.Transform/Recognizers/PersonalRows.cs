using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers.Verifiers;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The table's rows for personal data.</summary>
internal static class PersonalRows
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        new()
        {
            Name = "email", Type = EntityTypes.Email, Gate = Gate.At, Score = 0.9,
            Lead = Alphabets.EmailLocal, MinLead = 1, MaxLead = 64, Body = Alphabets.EmailDomain, MaxLength = 253, MinLength = 5,
            Pattern = Patterns.Anchored(@"[^@\s]+@(?:[\p{L}\p{Nd}][\p{L}\p{Nd}\-]*\.)+(?:[xX][nN]--[A-Za-z0-9\-]{2,}|\p{L}{2,})"),
            Verify = EmailVerifier.Verify,
        },
        new()
        {
            Name = "phone", Type = EntityTypes.Phone, Gate = Gate.Digit, Score = 0.6,
            Lead = Alphabets.PhoneLead, MaxLead = 2, Body = Alphabets.Phone, MaxLength = 26, MinLength = 7,
            Pattern = Patterns.Anchored(@"[+(]{0,2}\d[\d ().\-/]{4,24}\d"),
            Verify = PhoneVerifier.Verify,
        },
        new()
        {
            Name = "credit-card", Type = EntityTypes.CreditCard, Gate = Gate.Digit, Score = 0.98,
            Body = Alphabets.Card, MaxLength = 40, MinLength = 12, NotAfter = "_",
            Pattern = Patterns.Anchored(@"\d(?:[ \-]?\d){11,18}"),
            Verify = CardVerifier.Verify,
        },
        new()
        {
            Name = "iban", Type = EntityTypes.Iban, Gate = Gate.Digit, Score = 0.99,
            Lead = Alphabets.Letter, MinLead = 2, MaxLead = 2, Body = Alphabets.Iban, MaxLength = 56, MinLength = 15,
            Pattern = Patterns.Anchored(@"[A-Za-z]{2}\d{2}(?:[ \-]{0,2}[A-Za-z0-9]){11,29}"),
            Verify = IbanVerifier.Verify,
        },
        new()
        {
            Name = "ipv4", Type = EntityTypes.Ip, Gate = Gate.Digit, Score = 0.7,
            Body = Alphabets.Dotted, MaxLength = 17, MinLength = 7, NotAfter = ".-_",
            Pattern = Patterns.Anchored(@"\d{1,3}(?:\.\d{1,3}){3}"),
            Verify = IpVerifier.VerifyV4,
        },
        new()
        {
            Name = "ipv6", Type = EntityTypes.Ip, Gate = Gate.Colon, Score = 0.7,
            Lead = Alphabets.Hex, MaxLead = 4, Body = Alphabets.Ip6, MaxLength = 46, MinLength = 4, NotAfter = ":.-_",
            Pattern = Patterns.Anchored(@"[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]*[0-9A-Fa-f:]"),
            Verify = IpVerifier.VerifyV6,
        },
    ];
}
