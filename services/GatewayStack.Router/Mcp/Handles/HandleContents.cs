using System.Text.Json.Serialization;

namespace GatewayStack.Router.Mcp.Handles;

/// <summary>A session at a server.</summary>
/// <param name="Id">The server's own id; it stays inside.</param>
/// <param name="Version">The protocol version agreed on.</param>
/// <param name="Began">When it began, in seconds of Unix time; 0 where that was not noted.</param>
/// <param name="Initialize">What it was begun with, where nobody had signed in: the same is said again once somebody has.</param>
internal sealed record McpSession(string Id, string Version, long Began = 0, string? Initialize = null);

/// <summary>A place in a server's stream, with what the stream was for: a client that resumes it elsewhere is judged as before.</summary>
/// <param name="Id">The server's own event id.</param>
/// <param name="RequestId">The request's id as JSON; null on the session's own stream.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Subject">The tool, prompt or resource that the request was about.</param>
internal sealed record McpEventPosition(string Id, string? RequestId, string? Method, string? Subject);

/// <summary>A task at a server.</summary>
/// <param name="Id">The server's own id.</param>
/// <param name="Tool">The tool that started it: who may not call it may not ask for its result.</param>
internal sealed record McpTask(string Id, string Tool);

[JsonSerializable(typeof(McpSession))]
[JsonSerializable(typeof(McpEventPosition))]
[JsonSerializable(typeof(McpTask))]
internal sealed partial class HandleJson : JsonSerializerContext;
