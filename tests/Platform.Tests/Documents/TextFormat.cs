using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Documents;
using GatewayStack.Documents.Reading;

namespace GatewayStack.Platform.Tests.Documents;

internal sealed record TextDocument(string Text);

/// <summary>The smallest format: <c>{"text": "..."}</c>.</summary>
internal sealed class TextFormat : IDocumentFormat<TextDocument>
{
    public DocumentResult<TextDocument> Compile(ReadOnlyMemory<byte> json)
    {
        var errors = ImmutableArray.CreateBuilder<DocumentError>();
        using var document = JsonDocument.Parse(json);
        var root = DocumentNode.Root(document.RootElement, errors);
        root.ExpectObject("text");
        var text = root.Required("text")?.Text();
        return errors.Count == 0 ? new() { Value = new TextDocument(text!) } : new() { Errors = errors.ToImmutable() };
    }
}
