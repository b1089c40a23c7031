using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Classification;
using GatewayStack.Transform.Classification.Models;
using GatewayStack.Transform.Edits;
using GatewayStack.Transform.Extraction;
using GatewayStack.Transform.Names;
using GatewayStack.Transform.Normalisation;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Verifiers;
using GatewayStack.Transform.Scanning;
using GatewayStack.Transform.Sessions;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Transform;

/// <summary>Finds, labels and redacts. Everything is computed in the caller's turn: no I/O, kept is only which facts a text had a short while ago, by a keyed hash.</summary>
internal sealed class TransformModule : ITransformModule
{
    private readonly TransformOptions _options;
    private readonly TransformMetrics _metrics;
    private readonly ILogger<TransformModule> _logger;
    private readonly RecognizerSet _rows;
    private readonly Inspector _inspector;
    private readonly InspectionResult _cleanResult;
    private readonly Task<InspectionResult> _clean;
    private readonly Scanner _masking;
    private readonly Scanner _maskingWithoutLines;
    private readonly Scanner _labelled;
    private readonly FrozenSet<string> _labels;
    private readonly ContentModels? _models;
    private readonly IDataKeys? _keys;
    private readonly NameScanner? _names;
    /// <summary>Shorter requests are looked at sooner than looked up, in UTF-16 units.</summary>
    private const int LeastKept = 4096;

    private readonly InspectionCache _seen;
    private readonly Normaliser _normaliser;
    private readonly DocumentReader _documents;

    public TransformModule(TransformOptions options, TransformMetrics metrics, ILogger<TransformModule> logger, IDataKeys? keys = null, TimeProvider? time = null)
    {
        _normaliser = new Normaliser(options.Normalise, metrics, logger);
        _documents = new DocumentReader(options.Extraction, metrics, time ?? TimeProvider.System);
        _seen = new InspectionCache(time ?? TimeProvider.System);
        _keys = keys;
        _options = options;
        _metrics = metrics;
        _logger = logger;
        _rows = RecognizerTable.Create(options);
        _names = options.Names ? new NameScanner(NameTagger.BuiltIn) : null;
        _models = options.Labels ? ContentModels.Load(options.Models) : null;
        _inspector = new Inspector(new Scanner(_rows), _names, _models, new Classifier(_rows), [.. _rows.All.Select(r => r.Type), .. NameScanner.Types]);
        _cleanResult = new InspectionResult
        {
            Status = InspectionStatus.Inspected,
            Metadata = ContentMetadata.Clean,
            RuleSet = RuleSetRevision.Of(options, _models?.Revision ?? string.Empty),
        };
        _clean = Task.FromResult(_cleanResult);

        // An answer is held back only for rows that can mask something in it.
        var marking = _rows.All.Where(r => r.Marks).ToImmutableArray();
        _masking = new Scanner(new RecognizerSet(marking));
        _maskingWithoutLines = new Scanner(new RecognizerSet([.. marking.Where(r => r.Gate != Gate.Line)]));

        _labels = LabelJudge.Known(_rows, _models);
        _labelled = new Scanner(new RecognizerSet([.. _rows.All.Where(r => r.Label is not null)]));

        DialledNumbers.Prepare();
        TransformLog.Ready(logger, _rows.All.Length, _rows.All.Length - RecognizerTable.BuiltIn.Length, options.MaxChars);
    }

    public Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Inspect(request, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<InspectionResult>(cancellationToken);
        }
        catch (RegexMatchTimeoutException)
        {
            return Task.FromResult(Refuse(request, RefusalReasons.RecogniserTimeout));
        }
    }

    public async Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var actions = EditComputer.ActionsOf(request.Actions, request.Types);
        var needsKey = EditComputer.NeedsKey(request, actions);
        var key = needsKey && _keys is not null ? await _keys.GetCurrentAsync(DataKeyPurposes.ContentToken, cancellationToken) : null;
        var result = needsKey && key is null
            ? new EditResult { Status = EditStatus.NotEditable, Reason = EditReasons.NoKey }
            : EditComputer.Compute(request, actions, key, cancellationToken);
        if (result.Status == EditStatus.Applied)
        {
            result = result with { Edits = _normaliser.AddRemovals(request, result.Edits, cancellationToken) };
        }

        Report(request, actions, result);
        return result;
    }

    public IAsyncEnumerable<ResponseDelta> TransformResponseAsync(
        ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, CancellationToken cancellationToken)
    {
        var asked = EditComputer.ActionsOf(session.Actions, session.Types);
        var (actions, labels) = (asked.WithoutLabels(), asked.BlockedLabels);
        var judge = labels.IsEmpty ? null : new LabelJudge(_labelled, _labels, _models, labels);
        var needsLines = _rows.Lines.Any(r => r.Marks && actions.Changes(r.Type));
        var names = NameScanner.Types.Any(actions.Changes) ? _names : null;
        return new ResponseMasker(needsLines ? _masking : _maskingWithoutLines, names, judge, session, actions, _metrics, _logger).RunAsync(deltas, cancellationToken);
    }

    private void Report(EditRequest request, ContentActions actions, EditResult result)
    {
        switch (result.Status)
        {
            case EditStatus.Applied:
                _metrics.Applied("applied");
                break;
            case EditStatus.Blocked:
                _metrics.Applied("blocked");
                TransformLog.Blocked(_logger, request.RequestId, string.Join(',', result.BlockedTypes));
                break;
            default:
                _metrics.Applied("not_editable");
                TransformLog.NotEditable(_logger, request.RequestId, result.Reason ?? "unknown");
                break;
        }

        if (_logger.IsEnabled(LogLevel.Debug))
        {
            foreach (var finding in request.Findings)
            {
                TransformLog.Transformed(
                    _logger, request.RequestId, finding.Type, finding.SegmentId, finding.Start, finding.End, finding.Score, actions.For(finding) ?? ContentAction.Detect);
            }
        }
    }

    private Task<InspectionResult> Inspect(InspectionRequest request, CancellationToken cancellationToken)
    {
        var total = Math.Clamp(request.KnownChars, 0, int.MaxValue);
        foreach (var segment in request.Segments)
        {
            total += segment.Text.Length;
        }

        if (total > _options.MaxChars)
        {
            return Task.FromResult(Refuse(request, RefusalReasons.TooLong));
        }

        if (request.Attachments.IsEmpty)
        {
            var result = total < LeastKept ? Inspect(request, new Texts(request.Segments, request.Unscanned), cancellationToken) : InspectNew(request, cancellationToken);
            return ReferenceEquals(result, _cleanResult) ? _clean : Task.FromResult(result);
        }

        return request.Segments.Select(s => s.Id).Concat(request.Attachments.Select(a => a.Id)).Distinct().Count() < request.Segments.Length + request.Attachments.Length
            ? Task.FromResult(Refuse(request, RefusalReasons.NumberTwice))
            : InspectWithDocumentsAsync(request, _options.MaxChars - (int)total, cancellationToken);
    }

    /// <summary>A conversation comes again with each of its turns: only what is new in it is looked at.</summary>
    private InspectionResult InspectNew(InspectionRequest request, CancellationToken cancellationToken)
    {
        var lookup = _seen.LookUp(request);
        if (lookup.Known is { } known)
        {
            _metrics.Inspected("known");
            return known;
        }

        var result = Inspect(request, new Texts(lookup.Unknown, request.Unscanned), cancellationToken);
        return lookup.Complete(result) ?? lookup.CompleteAnew(Inspect(request, new Texts(request.Segments, request.Unscanned), cancellationToken));
    }

    private async Task<InspectionResult> InspectWithDocumentsAsync(InspectionRequest request, int maxChars, CancellationToken cancellationToken)
    {
        var extractions = await _documents.ReadAsync(request.Attachments, request.PersonId is { } person ? request.Tenant + "\n" + person : null, maxChars, cancellationToken);
        for (var i = 0; i < extractions.Length; i++)
        {
            TransformLog.DocumentRead(_logger, request.RequestId, request.Attachments[i].Id, extractions[i].Text.Length, extractions[i].Reason ?? "nothing");
        }

        try
        {
            return Inspect(request, Texts.Of(request, extractions), cancellationToken);
        }
        catch (RegexMatchTimeoutException)
        {
            return Refuse(request, RefusalReasons.RecogniserTimeout);
        }
    }

    private InspectionResult Inspect(InspectionRequest request, Texts texts, CancellationToken cancellationToken)
    {
        if (_normaliser.Look(request, texts.Segments, texts.Documents, out var noticed) is { } refusal)
        {
            return Refuse(request, refusal);
        }

        var inspection = _inspector.Inspect(texts.Segments, cancellationToken);
        _metrics.Inspected("inspected");
        if (inspection is null && noticed is null)
        {
            return texts.Unscanned.IsEmpty ? _cleanResult : _cleanResult with { Metadata = ContentSummary.Combine([], texts.Unscanned) };
        }

        var findings = inspection?.Findings() ?? [];
        foreach (var finding in findings)
        {
            foreach (var type in finding.Types())
            {
                _metrics.Found(type);
            }
        }

        var segments = Normaliser.Merge(texts.Segments, inspection?.Segments() ?? [], noticed);
        return _cleanResult with { Metadata = ContentSummary.Combine(segments, texts.Unscanned), Findings = findings, Segments = segments };
    }

    private InspectionResult Refuse(InspectionRequest request, string reason)
    {
        _metrics.Inspected("refused");
        TransformLog.Refused(_logger, request.RequestId, reason);
        return new InspectionResult
        {
            Status = InspectionStatus.Refused,
            Metadata = new ContentMetadata { Status = ContentStatus.Unspecified, Unscanned = request.Unscanned },
            Reason = reason,
        };
    }
}
