using GatewayStack.Contracts.Router;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Security;

/// <summary>
/// Holds each message of a gRPC call against the assertion that came with it. A call that did not pass the gate is refused; of one that fails only the kind of failure is
/// told.
/// </summary>
internal sealed class BindingInterceptor(MessageBinding binding, InternalGate gate, ILogger<BindingInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(request, context);
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(request, context);
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(e, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Enter(context);
        try
        {
            return await continuation(new CheckedStream<TRequest>(requestStream, message => Check(message, context)), context);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(e, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Enter(context);
        try
        {
            await continuation(new CheckedStream<TRequest>(requestStream, message => Check(message, context)), responseStream, context);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(e, context);
        }
    }

    // A message of an exception may quote content: neither the log nor the caller gets it.
    private RpcException Fault(Exception e, ServerCallContext context)
    {
        logger.CallFailed(context.Method, e.GetType().Name);
        return new RpcException(new Status(StatusCode.Internal, "The module failed on this call."));
    }

    private static bool IsFault(Exception e) => e is not (RpcException or OperationCanceledException or ModuleCallException);

    private void Check<TRequest>(TRequest request, ServerCallContext context)
    {
        if (Enter(context) is not { } caller || request is not IMessage message)
        {
            return;
        }

        var problem = caller.Person is { } person ? binding.Bind(message, person) : null;
        if (caller.Row.Purposes is { } purposes && !MayAsk(purposes, caller.Service, message))
        {
            problem = "purpose_not_in_row";
        }

        if (problem is not null)
        {
            gate.Distrust(caller.Row.Call, caller.Service, problem);
            throw new RpcException(new Status(StatusCode.PermissionDenied, "The message says something else than what proves it."));
        }
    }

    /// <summary>The caller that the gate believed; null for what is open to everybody.</summary>
    private static InternalCaller? Enter(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        if (http.Features.Get<InternalCaller>() is { } caller)
        {
            return caller;
        }

        return http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? null
            : throw new RpcException(new Status(StatusCode.Unauthenticated, "The call did not pass the gate."));
    }

    private static bool MayAsk(
        System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableArray<string>> purposes, string service, IMessage message) =>
        message.Descriptor.FindFieldByName("purpose")?.Accessor.GetValue(message) is string purpose
        && purposes.TryGetValue(service, out var allowed)
        && allowed.Contains(purpose, StringComparer.Ordinal);

    private sealed class CheckedStream<T>(IAsyncStreamReader<T> inner, Action<T> check) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken))
            {
                return false;
            }

            check(inner.Current);
            return true;
        }
    }
}
