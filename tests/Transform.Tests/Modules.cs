using System.Text.RegularExpressions;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Transform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Transform.Tests;

/// <summary>A key that is always the same.</summary>
internal sealed class TestKeys : IDataKeys
{
    public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) =>
        Task.FromResult(new DataKey { KeyId = "k", Purpose = purpose, Secret = [.. Enumerable.Repeat((byte)7, 32)] });

    public async Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken) => await GetCurrentAsync(purpose, cancellationToken);
}

/// <summary>Modules and requests for tests.</summary>
internal static class Modules
{
    /// <summary>The rows alone, without the learned models.</summary>
    public static ITransformModule Default { get; } = Create();

    /// <summary>Everything, as it is shipped.</summary>
    public static TransformModule Shipped { get; } = Create(new TransformOptions());

    /// <summary>The rows and the operator's own.</summary>
    public static TransformModule Create(params RecognizerOptions[] recognizers) => Create(new TransformOptions { Recognizers = recognizers, Names = false, Labels = false });

    public static TransformModule Create(TransformOptions options) => Create(options, new TestKeys());

    public static TransformModule CreateWithoutKeys() => Create(new TransformOptions(), keys: null);

    private static TransformModule Create(TransformOptions options, IDataKeys? keys)
    {
        var metrics = new ServiceCollection().AddMetrics().AddSingleton<TransformMetrics>().BuildServiceProvider().GetRequiredService<TransformMetrics>();
        return new TransformModule(options, metrics, NullLogger<TransformModule>.Instance, keys);
    }

    public static ContentSegment Segment(string text, int id = 0, string mediaType = "text/plain", bool editable = true) => new()
    {
        Id = id,
        Pointer = $"/messages/{id}/content",
        Part = "content",
        MediaType = mediaType,
        Origin = SegmentOrigin.User,
        Editable = editable,
        Text = text,
    };

    public static InspectionResult Inspect(this ITransformModule module, params ContentSegment[] segments)
    {
        var task = module.InspectAsync(new InspectionRequest { RequestId = "r", Tenant = "t", Segments = [.. segments] }, CancellationToken.None);
        task.IsCompleted.ShouldBeTrue();
        return task.GetAwaiter().GetResult();
    }

    public static InspectionResult Inspect(this ITransformModule module, string text) => module.Inspect(Segment(text));

    /// <summary>What is found in a text, as <c>TYPE=value</c>.</summary>
    public static string[] Find(this ITransformModule module, string text) =>
        [.. module.Inspect(text).Findings.Select(f => $"{f.Type}={text[f.Start..f.End]}")];

    public static EditResult Apply(this ITransformModule module, ContentSegment[] segments, params string[] types)
    {
        var request = new EditRequest
        {
            RequestId = "r",
            Tenant = "t",
            Segments = [.. segments],
            Findings = module.Inspect(segments).Findings,
            Types = [.. types],
        };
        return module.ApplyAsync(request, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>The text with its edits made, without the numbers of its placeholders: as an answer is masked.</summary>
    public static string Redact(this ITransformModule module, ContentSegment segment, params string[] types) =>
        Regex.Replace(module.RedactNumbered(segment, types), @"(?<=\[[A-Z_]+)_\d+(?=\])", string.Empty);

    public static string Redact(this ITransformModule module, string text, params string[] types) => module.Redact(Segment(text), types);

    /// <summary>The text with its edits made.</summary>
    public static string RedactNumbered(this ITransformModule module, ContentSegment segment, params string[] types)
    {
        var result = module.Apply([segment], types);
        result.Status.ShouldBe(EditStatus.Applied);
        return segment.Text.With(result);
    }

    public static string RedactNumbered(this ITransformModule module, string text, params string[] types) => module.RedactNumbered(Segment(text), types);

    /// <summary>Makes the edits of a text that is the only one.</summary>
    public static string With(this string text, EditResult result)
    {
        foreach (var edit in result.Edits.Reverse())
        {
            text = text[..edit.Start] + edit.Replacement + text[edit.End..];
        }

        return text;
    }
}
