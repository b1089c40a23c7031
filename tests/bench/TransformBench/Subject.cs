using GatewayStack.Contracts.Transform;
using GatewayStack.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.TransformBench;

/// <summary>What is measured: the rows by themselves, and the module as the gateway calls it.</summary>
internal sealed class Subject
{
    private readonly Scanner _rows = new(RecognizerTable.Create(new TransformOptions()));
    private readonly ITransformModule _module;

    public Subject()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.AddTransformModule();
        _module = builder.Build().Services.GetRequiredService<ITransformModule>();
    }

    /// <summary>A request of one message.</summary>
    public static InspectionRequest RequestOf(string text) => new()
    {
        RequestId = "bench",
        Tenant = "default",
        Segments = [new ContentSegment { Id = 0, Pointer = "/messages/0/content", Part = "content", MediaType = "text/plain", Origin = SegmentOrigin.User, Editable = true, Text = text }],
    };

    /// <summary>Patterns, checks and context; no names, no classifiers.</summary>
    public int Rows(string text)
    {
        var state = default(ScanState);
        List<Candidate>? found = null;
        _rows.Advance(text, final: true, ref state, ref found, CancellationToken.None);
        return found?.Count ?? 0;
    }

    /// <summary>Everything.</summary>
    public int Everything(InspectionRequest request) => _module.InspectAsync(request, CancellationToken.None).GetAwaiter().GetResult().Findings.Length;
}
