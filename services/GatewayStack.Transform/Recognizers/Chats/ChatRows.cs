using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Chats;

/// <summary>The table's rows for those who speak in a chat.</summary>
internal static class ChatRows
{
    /// <summary>So many units before its time may a header begin.</summary>
    public const int Back = 44;

    private static readonly SearchValues<char> Name = SearchValues.Create([.. Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(c => char.IsLetterOrDigit(c)
        || c is '_' or '-' or '.' or '|' or '^')]);

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Speaker("chat-nick", EntityTypes.Username, SpeakerKind.Nick, SpeakerVerifier.Nick),
        Speaker("chat-person", EntityTypes.Person, SpeakerKind.Person, SpeakerVerifier.Person),
        Header("chat-header-nick", EntityTypes.Username, SpeakerKind.Nick, SpeakerVerifier.Nick),
        Bracketed("chat-bracketed-nick", EntityTypes.Username, SpeakerKind.Nick, SpeakerVerifier.Nick),
        new()
        {
            Name = "reddit-user", Type = EntityTypes.Username, Gate = Gate.Keyword, Keywords = ["u/"], Score = 0.85,
            Body = Alphabets.Token, MaxLength = 34, MinLength = 5, NotAfter = "/.-_=",
            Pattern = Patterns.Anchored("u/[A-Za-z0-9_-]{3,30}"),
        },
        Answer("passport-asked", EntityTypes.Passport, AskedVerifier.Of(CueKind.Passport)),
        Answer("license-asked", EntityTypes.DriverLicense, AskedVerifier.Of(CueKind.License, CueKind.Permit)),
        Answer("chart-asked", EntityTypes.MedicalRecord, AskedVerifier.Of(CueKind.Medical)),
        Answer("account-asked", EntityTypes.BankAccount, AskedVerifier.Of(CueKind.Account)),
        Answer("plate-asked", EntityTypes.LicensePlate, AskedVerifier.Of(CueKind.Plate)),
        Answer("nationality-asked", EntityTypes.Nationality, AskedVerifier.Nationality) with { Glance = AskedVerifier.MayBeWord },
        Bracketed("chat-bracketed-person", EntityTypes.Person, SpeakerKind.Person, SpeakerVerifier.Person),
        new()
        {
            Name = "chat-dialogue", Type = EntityTypes.Person, Gate = Gate.Colon, Score = 0.7,
            Body = Alphabets.Line, MaxLength = 120, MinLength = 3, Before = DialogueVerifier.Before, After = DialogueVerifier.After, Back = DialogueVerifier.Back,
            Reach = DialogueVerifier.ReachOf, Glance = DialogueVerifier.MaySpeak, Outlook = DialogueVerifier.Outlook,
            Verify = DialogueVerifier.Verify,
        },
    ];

    /// <summary>What somebody answers who was asked for it.</summary>
    private static Recognizer Answer(string name, string type, Verifier verify) => new()
    {
        Name = name,
        Type = type,
        Gate = Gate.Colon,
        Body = Alphabets.Line,
        MaxLength = 64,
        MinLength = 4,
        Before = AskedVerifier.Before,
        Glance = AskedVerifier.MayBeCode,
        Verify = verify,
        Score = 0.8,
    };

    /// <summary><c>nick: text</c>.</summary>
    private static Recognizer Speaker(string name, string type, SpeakerKind kind, Verifier verify) => new()
    {
        Name = name,
        Type = type,
        Gate = Gate.Colon,
        Lead = Name,
        MinLead = 2,
        MaxLead = ChatLine.LongestName,
        Body = Alphabets.Line,
        MaxLength = 160,
        MinLength = 3,
        Before = SpeakerVerifier.Before,
        After = SpeakerVerifier.After,
        Survey = SpeakerVerifier.SpeakerAt,
        Needs = 1 << (int)kind,
        Pattern = Patterns.Anchored(@"[^:\s\d][^:\s]{1,31}:"),
        Verify = verify,
        Score = 0.7,
    };

    /// <summary><c>nick 10:02</c>, and <c>nick (10:02): text</c>.</summary>
    private static Recognizer Header(string name, string type, SpeakerKind kind, Verifier verify) => Speaker(name, type, kind, verify) with
    {
        Lead = Alphabets.Digit,
        MinLead = 1,
        MaxLead = 2,
        Back = Back,
        Reach = SpeakerVerifier.ReachOf,
        Shape = Shapes.ClockTime,
        Pattern = Patterns.Anchored(@"\d{1,2}:\d\d"),
    };

    /// <summary><c>&lt;nick&gt; text</c>.</summary>
    private static Recognizer Bracketed(string name, string type, SpeakerKind kind, Verifier verify) => Speaker(name, type, kind, verify) with
    {
        Gate = Gate.Keyword,
        Keywords = ["<"],
        Lead = null,
        MinLead = 0,
        MaxLead = 0,
        Pattern = Patterns.Anchored(@"<[^\s<>]{2,34}>"),
    };
}
