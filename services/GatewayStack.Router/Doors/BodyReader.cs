using System.Buffers;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GatewayStack.Router.Doors;

/// <summary>Reads a JSON body whole, inside the configured bound.</summary>
internal static class BodyReader
{
    public static async ValueTask<(ReadOnlyMemory<byte> Body, Refusal? Refusal)> ReadJsonAsync(HttpRequest request, long maximum, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
            || (type.Charset.HasValue && !type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return (default, new Refusal { Status = StatusCodes.Status415UnsupportedMediaType, Code = "unsupported_media_type", Message = "Send the body as application/json in UTF-8." });
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return (default, new Refusal { Status = StatusCodes.Status415UnsupportedMediaType, Code = "unsupported_content_encoding", Message = "Send the body without Content-Encoding." });
        }

        if (request.ContentLength > maximum)
        {
            return (default, TooLarge(maximum));
        }

        var body = new ArrayBufferWriter<byte>((int)Math.Min(request.ContentLength ?? 4096, maximum) + 1);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            foreach (var part in read.Buffer)
            {
                if (body.WrittenCount + (long)part.Length > maximum)
                {
                    request.BodyReader.AdvanceTo(read.Buffer.End);
                    return (default, TooLarge(maximum));
                }

                body.Write(part.Span);
            }

            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return (body.WrittenMemory, null);
            }
        }
    }

    public static Refusal TooLarge(long maximum) => new()
    {
        Status = StatusCodes.Status413PayloadTooLarge,
        Code = "request_too_large",
        Message = $"The request body is larger than {maximum} bytes.",
    };
}
