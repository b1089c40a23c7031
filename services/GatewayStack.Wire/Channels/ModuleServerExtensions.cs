using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Wire.Channels;

/// <summary>What the gRPC services of all modules share.</summary>
internal static class ModuleServerExtensions
{
    /// <summary>Adds gRPC with the message limits of the channels.</summary>
    public static IHostApplicationBuilder AddModuleGrpc(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = ModuleChannel.MaxMessageBytes;
            options.MaxSendMessageSize = ModuleChannel.MaxMessageBytes;
        });
        return builder;
    }

    public static IEndpointConventionBuilder MapModuleGrpc<TService>(this IEndpointRouteBuilder endpoints)
        where TService : class =>
        endpoints.MapGrpcService<TService>().WithMetadata(MessageSize.Instance);

    // The server's own limit of a request's body is for HTTP, and smaller. A message has five bytes before it.
    private sealed class MessageSize : IRequestSizeLimitMetadata
    {
        public static readonly MessageSize Instance = new();

        public long? MaxRequestBodySize => ModuleChannel.MaxMessageBytes + 5;
    }
}
