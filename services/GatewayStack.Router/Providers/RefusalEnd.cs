using GatewayStack.Router.Doors;
using GatewayStack.Router.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Providers;

/// <summary>An answer that is an error of ours, written once the outcome is on record.</summary>
internal sealed class RefusalEnd(Exchange exchange, Refusal refusal) : IHeldBackEnd
{
    public async ValueTask ReleaseAsync(CancellationToken cancellationToken) =>
        await exchange.Http.RequestServices.GetRequiredService<ErrorWriter>().WriteAsync(exchange, refusal);
}

/// <summary>Bytes at the end of an answer.</summary>
internal sealed class BytesEnd(Exchange exchange, ReadOnlyMemory<byte> bytes) : IHeldBackEnd
{
    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            await exchange.Http.Response.BodyWriter.WriteAsync(bytes, cancellationToken);
        }
    }
}
