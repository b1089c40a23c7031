namespace GatewayStack.Transform.Names;

/// <summary>A person, place or organisation that the tagger found.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Type">PERSON, LOCATION or ORGANIZATION.</param>
/// <param name="Score">How likely there is a name here, 0.5 to 1.</param>
internal readonly record struct NameSpan(int Start, int End, string Type, double Score);
