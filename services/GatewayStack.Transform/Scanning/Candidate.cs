using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>What one row found: [Start, End) of the scanned text.</summary>
internal readonly record struct Candidate(int Start, int End, Recognizer Row, double Score);
