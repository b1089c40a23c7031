using GatewayStack.Contracts.Router;

namespace GatewayStack.Transform;

/// <summary>Settings of the section <c>Transform</c>.</summary>
public sealed record TransformOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Transform";

    /// <summary>How strictly findings are applied; default <see cref="ModuleMode.Enforce"/>. The Router applies it: what is found does not depend on it.</summary>
    public ModuleMode Mode { get; init; } = ModuleMode.Enforce;

    /// <summary>The operator's own recognisers, besides those that are built in.</summary>
    public IReadOnlyList<RecognizerOptions> Recognizers { get; init; } = [];

    /// <summary>Whether persons, places and organisations are found by the learned tagger; default true. Without it only those are that something says to be
    /// one (<c>Name: ...</c>).</summary>
    public bool Names { get; init; } = true;

    /// <summary>Whether texts are labelled (<c>financial</c>, <c>medical</c>, <c>prompt_injection</c>, ...) by the models; default true. Labels of recognisers stay.</summary>
    public bool Labels { get; init; } = true;

    /// <summary>Models of the operator's own in place of the built-in ones.</summary>
    public ModelOptions Models { get; init; } = new();

    /// <summary>How much text one request may have inspected, in UTF-16 units over all its texts; default 1,000,000. A longer request is refused, never
    /// inspected in part.</summary>
    public int MaxChars { get; init; } = 1_000_000;

    /// <summary>What is done with hidden characters and over-long texts.</summary>
    public NormaliseOptions Normalise { get; init; } = new();

    /// <summary>How documents among the attachments are read.</summary>
    public ExtractionOptions Extraction { get; init; } = new();
}

/// <summary>A recogniser of the operator's: words, a pattern, or both.</summary>
public sealed record RecognizerOptions
{
    /// <summary>Its name, and in upper case the type of what it finds: letters, digits and underscores. Required.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>A .NET regular expression without look-around and back-references. It is applied line by line, and finds what is at most 128 UTF-16 units
    /// long wherever it stands.</summary>
    public string? Pattern { get; init; }

    /// <summary>Words and phrases, found whole and without regard to case.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>A check that what the pattern matches must pass: <c>luhn</c>, <c>mod97</c> or <c>none</c> (default).</summary>
    public string? Checksum { get; init; }

    /// <summary>Words of which one must stand in the 64 UTF-16 units before a match; empty (default) asks for none.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];

    /// <summary>A label that a match gives to the request, such as <c>financial</c>. A row without one counts as personal data.</summary>
    public string? Label { get; init; }

    /// <summary>Whether a match is a finding that can be redacted, or only labels the request. Default: true, except for a row that has a label and
    /// nothing but words, which describe a text rather than a person.</summary>
    public bool? Redact { get; init; }
}
