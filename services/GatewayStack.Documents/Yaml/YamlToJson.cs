using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GatewayStack.Documents.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GatewayStack.Documents.Yaml;

/// <summary>Converts the harmless part of YAML to JSON: maps, lists and scalars, nothing that expands, refers or constructs.</summary>
/// <remarks>Of plain scalars only true, false, null and integers in their usual spelling are typed. Everything else is text as it was written:
/// <c>no</c> stays "no", and <c>5.00</c> stays "5.00", so that an amount loses no digit on the way.</remarks>
internal static class YamlToJson
{
    public static YamlConversion Convert(ReadOnlyMemory<byte> yaml)
    {
        string text;
        try
        {
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(yaml.Span);
        }
        catch (DecoderFallbackException)
        {
            return YamlConversion.Bad([new DocumentError(string.Empty, "is not valid UTF-8")]);
        }

        var errors = ImmutableArray.CreateBuilder<DocumentError>();
        using var output = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { MaxDepth = StrictJson.MaxDepth, SkipValidation = true });
            var walk = new Walk(new Parser(new StringReader(text)), writer, errors);
            walk.Document();
        }
        catch (YamlException e)
        {
            errors.Add(At(e.Start, $"cannot be read as YAML: {e.Message}"));
        }
#pragma warning disable CA1031 // The parser has its own bugs on malformed text (it throws InvalidOperationException, for one): they are the document's fault, never the process's.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            errors.Add(new DocumentError(string.Empty, "cannot be read as YAML"));
        }

        return errors.Count == 0 ? new YamlConversion(output.ToArray(), []) : YamlConversion.Bad(errors.ToImmutable());
    }

    private static DocumentError At(Mark mark, string message) => new($"line {mark.Line}", message);

    private sealed class Walk(IParser parser, Utf8JsonWriter writer, ImmutableArray<DocumentError>.Builder errors)
    {
        private const int MaxErrors = 100;

        public void Document()
        {
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
            {
                errors.Add(new DocumentError(string.Empty, "is empty"));
                return;
            }

            parser.Consume<DocumentStart>();
            if (!Node(depth: 0))
            {
                return;
            }

            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
            {
                errors.Add(At(second.Start, "begins a second document: one file holds one document"));
            }
        }

        // False ends the walk: what follows could not be understood, or would cost too much.
        private bool Node(int depth)
        {
            var item = parser.Consume<ParsingEvent>();
            if (item is AnchorAlias alias)
            {
                errors.Add(At(alias.Start, $"refers to an anchor: write the value itself"));
                writer.WriteNullValue();
                return errors.Count < MaxErrors;
            }

            var node = (NodeEvent)item;
            Refuse(node);
            if (depth >= StrictJson.MaxDepth)
            {
                errors.Add(At(node.Start, $"is nested deeper than {StrictJson.MaxDepth} levels"));
                return false;
            }

            return errors.Count < MaxErrors && node switch
            {
                Scalar scalar => Value(scalar),
                SequenceStart => Sequence(depth),
                MappingStart => Mapping(depth),
                _ => false,
            };
        }

        private bool Sequence(int depth)
        {
            writer.WriteStartArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                if (!Node(depth + 1))
                {
                    return false;
                }
            }

            writer.WriteEndArray();
            return true;
        }

        private bool Mapping(int depth)
        {
            writer.WriteStartObject();
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out var key))
                {
                    errors.Add(At(parser.Current?.Start ?? Mark.Empty, "is a key that is not plain text"));
                    return false;
                }

                Refuse(key);
                if (key.Style == ScalarStyle.Plain && key.Value is "<<")
                {
                    errors.Add(At(key.Start, "merges another map (<<): write its members"));
                }
                else if (!names.Add(key.Value))
                {
                    errors.Add(At(key.Start, $"has the key \"{key.Value}\" a second time: remove one"));
                }

                writer.WritePropertyName(key.Value);
                if (!Node(depth + 1))
                {
                    return false;
                }
            }

            writer.WriteEndObject();
            return true;
        }

        private bool Value(Scalar scalar)
        {
            switch (scalar.Style == ScalarStyle.Plain ? scalar.Value : null)
            {
                case "" or "~" or "null" or "Null" or "NULL":
                    writer.WriteNullValue();
                    break;
                case "true" or "True" or "TRUE":
                    writer.WriteBooleanValue(true);
                    break;
                case "false" or "False" or "FALSE":
                    writer.WriteBooleanValue(false);
                    break;
                case { } plain when IsInteger(plain):
                    writer.WriteRawValue(plain);
                    break;
                default:
                    writer.WriteStringValue(scalar.Value);
                    break;
            }

            return true;
        }

        private void Refuse(NodeEvent node)
        {
            if (!node.Anchor.IsEmpty)
            {
                errors.Add(At(node.Start, $"defines an anchor: remove it"));
            }

            if (!node.Tag.IsEmpty)
            {
                errors.Add(At(node.Start, "has a tag: remove it"));
            }
        }

        // A leading zero, a plus or another base is text: such "numbers" are ids more often than amounts.
        private static bool IsInteger(string text)
        {
            var digits = text.AsSpan(text[0] == '-' ? 1 : 0);
            return digits.Length is > 0 and <= 19 && !digits.ContainsAnyExceptInRange('0', '9') && (digits[0] != '0' || text.Length == 1);
        }
    }
}

internal sealed record YamlConversion(ReadOnlyMemory<byte> Json, ImmutableArray<DocumentError> Errors)
{
    public static YamlConversion Bad(ImmutableArray<DocumentError> errors) => new(default, errors);
}
