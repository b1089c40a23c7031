namespace GatewayStack.Transform.Names.Verification;

/// <summary>What a word tells of its neighbours: the classes of <c>data/names/context.txt</c>, in their order.</summary>
[Flags]
internal enum ContextFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>the, our, dieser: persons have none before them.</summary>
    Determiner = 1 << 0,

    /// <summary>of, with, für.</summary>
    Preposition = 1 << 1,

    /// <summary>in, near, nach: places stand after it.</summary>
    Place = 1 << 2,

    /// <summary>said, wohnt: persons do it.</summary>
    Said = 1 << 3,

    /// <summary>ask, thank, with: persons stand after it.</summary>
    ToPerson = 1 << 4,

    /// <summary>Dear, Hallo.</summary>
    Greeting = 1 << 5,

    /// <summary>Regards, Grüße.</summary>
    SignOff = 1 << 6,

    /// <summary>A field that holds a person.</summary>
    PersonKey = 1 << 7,

    /// <summary>A field that holds a place.</summary>
    PlaceKey = 1 << 8,

    /// <summary>A field that holds an organisation.</summary>
    OrganizationKey = 1 << 9,

    /// <summary>theorem, Krankheit, sauce: what is called after somebody.</summary>
    Named = 1 << 10,

    /// <summary>server, version, Klasse: what stands beside names of products.</summary>
    Product = 1 << 11,

    /// <summary>A name that things are called by more often than persons: Dijkstra, Jenkins.</summary>
    Eponym = 1 << 12,

    /// <summary>I, me, wir: somebody speaks.</summary>
    Speaker = 1 << 13,

    /// <summary>Manager, Lehrerin, médecin.</summary>
    Role = 1 << 14,

    /// <summary>Mr, Frau, Dr.</summary>
    Title = 1 << 15,

    /// <summary>he, her, elle: somebody is spoken of.</summary>
    Pronoun = 1 << 16,

    /// <summary>Has a capital in names of things: Caesar salad, Davy lamp. From <c>data/names/things.txt</c>.</summary>
    InThings = 1 << 17,
}
