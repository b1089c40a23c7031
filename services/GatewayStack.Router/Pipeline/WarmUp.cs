using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Modules;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Pipeline;

/// <summary>Runs the slowest cold path once before the front door opens: a first caller must not run into a stage's deadline.</summary>
internal sealed class WarmUp(ITransformModule transform, RemoteModules modules) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (modules.IsRemote(ModuleNames.Transform))
        {
            // A service runs its own path before it says that it is well.
            return;
        }

        var segment = new ContentSegment
        {
            Id = 0,
            Pointer = "/messages/0/content",
            Part = "content",
            MediaType = "text/plain",
            Origin = SegmentOrigin.User,
            Editable = true,
            Text = "Call +1 415 555 0100 or write to warm.up@example.com.",
        };
        var request = new InspectionRequest { RequestId = "warm-up", Tenant = "default", Segments = [segment] };
        var inspected = await transform.InspectAsync(request, cancellationToken);
        await transform.ApplyAsync(new EditRequest { RequestId = "warm-up", Tenant = "default", Segments = [segment], Findings = inspected.Findings }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
