using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Router.Mcp.Handles;

/// <summary>The handles of one caller on one route: what was given to another person, another client or on another route does not open.</summary>
internal sealed class McpHandles(HandleSeal seal, CallerIdentity? caller, string route)
{
    // A task may be picked up by the same person in another client; a session may not.
    private readonly string _person = caller is null ? $"anonymous\n{route}" : $"{caller.Tenant}\n{caller.PersonId}\n{route}";
    private readonly string _client = caller is null ? $"anonymous\n{route}" : $"{caller.Tenant}\n{caller.PersonId}\n{route}\n{caller.ClientId}";

    public ValueTask<string> SealAsync(McpSession session, CancellationToken cancellationToken) =>
        seal.SealAsync(HandleKind.Session, JsonSerializer.SerializeToUtf8Bytes(session, HandleJson.Default.McpSession), _client, cancellationToken);

    public async ValueTask<McpSession?> OpenSessionAsync(string handle, CancellationToken cancellationToken) =>
        await seal.OpenAsync(HandleKind.Session, handle, _client, cancellationToken) is { } opened ? JsonSerializer.Deserialize(opened, HandleJson.Default.McpSession) : null;

    public ValueTask<string> SealAsync(McpEventPosition position, string session, CancellationToken cancellationToken) =>
        seal.SealAsync(HandleKind.Event, JsonSerializer.SerializeToUtf8Bytes(position, HandleJson.Default.McpEventPosition), _client + "\n" + session, cancellationToken);

    public async ValueTask<McpEventPosition?> OpenEventAsync(string handle, string session, CancellationToken cancellationToken) =>
        await seal.OpenAsync(HandleKind.Event, handle, _client + "\n" + session, cancellationToken) is { } opened
        ? JsonSerializer.Deserialize(opened, HandleJson.Default.McpEventPosition) : null;

    /// <summary>Always the same for one task: notifications and results name it alike.</summary>
    public ValueTask<string> SignAsync(McpTask task, CancellationToken cancellationToken) =>
        seal.SignAsync(HandleKind.Task, JsonSerializer.SerializeToUtf8Bytes(task, HandleJson.Default.McpTask), _person, cancellationToken);

    public async ValueTask<McpTask?> OpenTaskAsync(string handle, CancellationToken cancellationToken) =>
        await seal.VerifyAsync(HandleKind.Task, handle, _person, cancellationToken) is { } opened ? JsonSerializer.Deserialize(opened, HandleJson.Default.McpTask) : null;

    /// <summary>The id by which a client answers what the server asked: nobody can answer what was not asked.</summary>
    public ValueTask<string> SignRequestIdAsync(string rawId, string session, CancellationToken cancellationToken) =>
        seal.SignAsync(HandleKind.ServerRequest, Encoding.UTF8.GetBytes(rawId), _client + "\n" + session, cancellationToken);

    /// <returns>The server's own id as JSON, or null.</returns>
    public async ValueTask<byte[]?> VerifyRequestIdAsync(string handle, string session, CancellationToken cancellationToken) =>
        await seal.VerifyAsync(HandleKind.ServerRequest, handle, _client + "\n" + session, cancellationToken);
}
