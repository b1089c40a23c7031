using System.Threading.Channels;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>Where a native application waits for the browser: a server on this machine, at a port of its own.</summary>
internal sealed class Loopback : IAsyncDisposable
{
    private const string Path = "/callback";

    private readonly Channel<IQueryCollection> _answers = Channel.CreateUnbounded<IQueryCollection>();
    private LocalServer? _server;

    private Loopback()
    {
    }

    public Uri RedirectUri => new(_server!.Origin + Path);

    public static async Task<Loopback> StartAsync()
    {
        var loopback = new Loopback();
        loopback._server = await LocalServer.StartAsync(loopback.AnswerAsync);
        return loopback;
    }

    /// <summary>What the browser brought: <c>code</c>, <c>state</c>, <c>iss</c>, or <c>error</c>.</summary>
    public ValueTask<IQueryCollection> NextAsync() => _answers.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path != Path)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        _answers.Writer.TryWrite(context.Request.Query);
        return context.Response.WriteAsync("You can close this page.", context.RequestAborted);
    }
}
