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
    private static readonly Scanner Alone = new(RecognizerTable.Create(new TransformOptions()));

    private readonly Scanner _rows = Alone;
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

    /// <summary>What the rows say of a text, folded as it would be for them.</summary>
    public static List<Candidate> Candidates(string text)
    {
        using var folded = new FoldedText(json: false, text.Length);
        folded.Append(text, final: true);
        var state = default(ScanState);
        List<Candidate>? found = null;
        Alone.Advance(folded.Chars, final: true, ref state, ref found, CancellationToken.None);
        return found ?? [];
    }

    /// <summary>How many rows wait for what follows, after each piece of a text.</summary>
    public static List<int> Waiting(string text, int units)
    {
        var (state, waiting) = (default(ScanState), new List<int>());
        List<Candidate>? found = null;
        for (var length = units; length <= text.Length; length += units)
        {
            Alone.Advance(text.AsSpan(0, length), final: false, ref state, ref found, CancellationToken.None);
            waiting.Add(state.Pending?.Count ?? 0);
        }

        return waiting;
    }

    /// <summary>An answer as it is changed on its way.</summary>
    public IAsyncEnumerable<ResponseDelta> Answer(ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas) => _module.TransformResponseAsync(session, deltas, CancellationToken.None);

    /// <summary>Everything.</summary>
    public int Everything(InspectionRequest request) => _module.InspectAsync(request, CancellationToken.None).GetAwaiter().GetResult().Findings.Length;
}
