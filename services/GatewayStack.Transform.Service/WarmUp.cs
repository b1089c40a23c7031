using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Service;

/// <summary>Inspects and edits one text: the first one would otherwise wait for every recogniser to be compiled.</summary>
internal static class WarmUp
{
    public static Task RunAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.CallItselfAsync(static builder => builder.AddTransformClient(), CallAsync, cancellationToken);

    private static async Task CallAsync(IServiceProvider clients, CallerIdentity nobody, string assertion, CancellationToken cancellationToken)
    {
        var transform = clients.GetRequiredService<ITransformModule>();
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
        var inspected = await transform.InspectAsync(
            new InspectionRequest { RequestId = "warm-up", Tenant = nobody.Tenant, Assertion = assertion, Segments = [segment] }, cancellationToken);
        await transform.ApplyAsync(
            new EditRequest { RequestId = "warm-up", Tenant = nobody.Tenant, Assertion = assertion, Segments = [segment], Findings = inspected.Findings }, cancellationToken);
    }
}
