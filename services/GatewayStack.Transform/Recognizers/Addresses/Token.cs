using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>What a token is made of.</summary>
internal enum TokenKind
{
    /// <summary>Nothing: the text's end.</summary>
    End,

    /// <summary>Letters, with apostrophes, dashes and dots inside.</summary>
    Word,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>Digits and one letter: <c>12b</c>.</summary>
    House,

    /// <summary>Digits and the letters that make them a rank: <c>5th</c>.</summary>
    Ordinal,

    /// <summary>Digits and letters mixed in another way: <c>SW1A</c>.</summary>
    Mixed,

    /// <summary>A line break, also one that is written as <c>\n</c> or <c>&lt;br&gt;</c>.</summary>
    Line,

    /// <summary>Any other character.</summary>
    Sign,
}

/// <summary>What a word can be in an address.</summary>
[Flags]
internal enum WordClass
{
    /// <summary>Nothing known.</summary>
    None = 0,

    /// <summary>A kind of street behind its name, and little else: <c>Road</c>.</summary>
    StrongType = 1,

    /// <summary>A kind of street that is other words as well: <c>Court</c>.</summary>
    MediumType = 1 << 1,

    /// <summary>A kind of street for post offices only: <c>Ranch</c>.</summary>
    WeakType = 1 << 2,

    /// <summary>A street by itself: <c>Broadway</c>.</summary>
    Solo = 1 << 3,

    /// <summary>A kind of street behind its name, before the number: <c>Straße</c>.</summary>
    LastType = 1 << 4,

    /// <summary>A kind of street before its name: <c>Rue</c>.</summary>
    Prefix = 1 << 5,

    /// <summary>One that is other words as well: <c>Via</c>.</summary>
    SoftPrefix = 1 << 6,

    /// <summary>A part of a house, with its number: <c>Apt</c>.</summary>
    Unit = 1 << 7,

    /// <summary>A part of a house by itself: <c>Penthouse</c>.</summary>
    UnitAlone = 1 << 8,

    /// <summary>A floor, behind its number.</summary>
    Floor = 1 << 9,

    /// <summary>A point of the compass.</summary>
    Direction = 1 << 10,

    /// <summary>Code of a state or province, when it stands in capitals.</summary>
    StateCode = 1 << 11,

    /// <summary>A small word inside names: <c>of</c>, <c>de la</c>.</summary>
    Particle = 1 << 12,

    /// <summary>A word that no name has.</summary>
    Stop = 1 << 13,

    /// <summary>Something counted or measured.</summary>
    Thing = 1 << 14,

    /// <summary>A post-office box.</summary>
    Box = 1 << 15,

    /// <summary>Announces a number: <c>No.</c>.</summary>
    NumberWord = 1 << 16,

    /// <summary>A country.</summary>
    Country = 1 << 17,

    /// <summary>Announces a postcode.</summary>
    ZipCue = 1 << 18,

    /// <summary>Ends the name of a house.</summary>
    House = 1 << 19,

    /// <summary>Announces an address.</summary>
    Cue = 1 << 20,

    /// <summary>A road that has a number.</summary>
    Highway = 1 << 21,

    /// <summary>A military post office.</summary>
    Military = 1 << 22,

    /// <summary>Counts the parts of something else: <c>Chapter</c>.</summary>
    Heading = 1 << 23,

    /// <summary>Begins a name in German or Dutch: <c>Am</c>.</summary>
    Locative = 1 << 24,
}

/// <summary>A token: [Start, End) of the text. The dot of an abbreviation stands behind <see cref="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(short Start, short End, TokenKind Kind, WordClass Class, bool Capital, bool Dot)
{
    /// <summary>Where it ends with its dot.</summary>
    public int Close => Dot ? End + 1 : End;

    /// <summary>True when it is one of these.</summary>
    public bool Is(WordClass classes) => (Class & classes) != WordClass.None;
}
