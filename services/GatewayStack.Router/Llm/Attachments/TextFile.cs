using System.Text;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>A file of text as it stands in a body: what stands before its base64, and how its text is encoded. The same text gives the same bytes again.</summary>
/// <param name="Head">What stands in the JSON string before the base64, such as <c>data:text/plain;base64,</c>; may be empty.</param>
/// <param name="Encoding">The encoding, strict in both directions.</param>
/// <param name="Mark">The byte order mark before the text; empty where there is none.</param>
internal sealed record TextFile(string Head, Encoding Encoding, byte[] Mark)
{
    /// <summary>The JSON string's value for a text.</summary>
    public string Encode(string text)
    {
        var length = Encoding.GetByteCount(text);
        var bytes = new byte[Mark.Length + length];
        Mark.CopyTo(bytes, 0);
        Encoding.GetBytes(text, bytes.AsSpan(Mark.Length));
        return Head + Convert.ToBase64String(bytes);
    }
}
