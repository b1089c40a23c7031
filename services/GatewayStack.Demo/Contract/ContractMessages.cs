using System.Collections.Immutable;

namespace GatewayStack.Demo.Contract;

/// <summary>Asks to see a contract on its way: <c>{"user":"alice"}</c>, with a text of one's own <c>{"user":"alice","text":"..."}</c>.</summary>
internal sealed record ContractRequest(string User, string? Text = null);

internal sealed record ContractQuestion(string Model, ImmutableArray<ContractMessage> Messages);

internal sealed record ContractMessage(string Role, string Content);
