using System.Net;

namespace GatewayStack.Wire.Channels;

/// <summary>Notes the moment at which a call's message is handed to a connection.</summary>
internal sealed class TracingHandler(CallTraces traces, string? host, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (host is not null)
        {
            // An instance that was found by a name proves itself as that name.
            request.Headers.Host = host;
        }

        if (traces.Current is { } trace && request.Content is { } content)
        {
            request.Content = new TracedContent(content, trace);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private sealed class TracedContent : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly CallTrace _trace;

        public TracedContent(HttpContent inner, CallTrace trace)
        {
            _inner = inner;
            _trace = trace;
            foreach (var header in inner.Headers.NonValidated)
            {
                _ = Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _trace.Sent = true;
            return _inner.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
