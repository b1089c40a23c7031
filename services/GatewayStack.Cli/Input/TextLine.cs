using System.Text;
using System.Text.Json;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Cli.Input;

/// <summary>A line of a file to scan.</summary>
/// <param name="Id">Its id, as JSON.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct TextLine(byte[] Id, string Text)
{
    /// <summary>Reads <c>{"id":...,"text":"..."}</c>; other members are skipped.</summary>
    public static TextLine Parse(byte[] line, long number)
    {
        try
        {
            return Parse(new Utf8JsonReader(line), line, number);
        }
        catch (JsonException e)
        {
            throw new BadLineException(number, $"is not JSON (at byte {e.BytePositionInLine})");
        }
        catch (DecoderFallbackException)
        {
            throw new BadLineException(number, "is not UTF-8");
        }
    }

    private static TextLine Parse(Utf8JsonReader reader, byte[] line, long number)
    {
        byte[]? id = null;
        string? text = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new BadLineException(number, "is not an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isId, isText) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("text"u8));
            reader.Read();
            if (isId && reader.TokenType is (JsonTokenType.String or JsonTokenType.Number))
            {
                id = line[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];
            }
            else if (isText && reader.TokenType == JsonTokenType.String)
            {
                text = JsonText.Read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        while (reader.Read())
        {
        }

        return new TextLine(
            id ?? throw new BadLineException(number, "has no id that is a string or a number"),
            text ?? throw new BadLineException(number, "has no text that is a string"));
    }
}
