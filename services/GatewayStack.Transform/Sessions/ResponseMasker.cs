using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;
using GatewayStack.Transform.Scanning;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Transform.Sessions;

/// <summary>Masks the channels of one answer, each by itself, and puts back what pseudonyms stand for. Belongs to one session.</summary>
/// <param name="scanner">Finds what is masked.</param>
/// <param name="names">Finds the names that are masked; null where none are.</param>
/// <param name="judge">Judges stretches by their labels; null where no label blocks.</param>
/// <param name="session">The session.</param>
/// <param name="actions">What is done with each type.</param>
/// <param name="metrics">The module's metrics.</param>
/// <param name="logger">The module's log.</param>
internal sealed class ResponseMasker(
    Scanner scanner, NameScanner? names, LabelJudge? judge, ResponseSession session, ContentActions actions, TransformMetrics metrics, ILogger logger)
{
    /// <summary>What stands for the rest of a channel that could not be scanned in its time.</summary>
    private const string Withheld = "[REDACTED]";

    private readonly Dictionary<string, ChannelMasker?> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LabelGate> _gates = new(StringComparer.Ordinal);
    private readonly PseudonymMatcher? _pseudonyms = session.Pseudonyms.IsEmpty ? null : new PseudonymMatcher(session.Pseudonyms);

    private bool _isBlocked;

    /// <summary>Deltas in, deltas out, one for one.</summary>
    public async IAsyncEnumerable<ResponseDelta> RunAsync(
        IAsyncEnumerable<ResponseDelta> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var delta in deltas.WithCancellation(cancellationToken))
            {
                yield return Accept(delta, cancellationToken);
            }

            // An answer that broke off: what it has is all of it.
            foreach (var channel in _channels.Keys.Order(StringComparer.Ordinal).ToArray())
            {
                var rest = Accept(new ResponseDelta { Channel = channel, Text = string.Empty, End = true }, cancellationToken);
                if (rest.Text.Length > 0 || rest.Blocked)
                {
                    yield return rest with { End = false };
                }
            }
        }
        finally
        {
            foreach (var masker in _channels.Values)
            {
                masker?.Dispose();
            }
        }
    }

    /// <summary>Channels that are JSON source: a tool's arguments, and answers that were asked for as JSON.</summary>
    private static bool IsJson(string channel) => channel.Contains("/tool/", StringComparison.Ordinal) || channel.EndsWith("/json", StringComparison.Ordinal);

    private string Judge(ResponseDelta delta, out string? label, CancellationToken cancellationToken)
    {
        label = null;
        if (judge is null)
        {
            return delta.Text;
        }

        if (!_gates.TryGetValue(delta.Channel, out var gate))
        {
            _gates.Add(delta.Channel, gate = new LabelGate(judge, IsJson(delta.Channel)));
        }

        var text = gate.Accept(delta.Text, delta.End, cancellationToken);
        label = gate.Blocked is { } name ? TypeAction.LabelPrefix + name : null;
        return text;
    }

    private ResponseDelta Accept(ResponseDelta delta, CancellationToken cancellationToken)
    {
        if (!_channels.TryGetValue(delta.Channel, out var masker))
        {
            masker = new ChannelMasker(actions.ChangesNothing ? null : scanner, names, _pseudonyms, new Replacements(actions, numbered: false), IsJson(delta.Channel));
            _channels.Add(delta.Channel, masker);
        }

        try
        {
            if (_gates.TryGetValue(delta.Channel, out var gate) && gate.Blocked is not null)
            {
                return delta with { Text = string.Empty, Masked = 0, Restored = 0, Blocked = true };
            }

            var judged = Judge(delta, out var label, cancellationToken);
            var output = masker?.Accept(judged, delta.End || label is not null, cancellationToken) ?? new ChannelOutput(string.Empty, 0, 0, null);
            output = output with { Blocked = output.Blocked ?? label };
            metrics.Masked(output.Masked);
            metrics.Restored(output.Restored);
            if (output.Blocked is { } type && !_isBlocked)
            {
                _isBlocked = true;
                TransformLog.AnswerBlocked(logger, session.RequestId, type);
            }

            return delta with { Text = output.Text, Masked = output.Masked, Restored = output.Restored, Blocked = output.Blocked is not null };
        }
        catch (RegexMatchTimeoutException)
        {
            TransformLog.ChannelWithheld(logger, session.RequestId);
            masker?.Dispose();
            masker = null;
            _channels[delta.Channel] = null;
            return delta with { Text = Withheld, Masked = 1, Restored = 0, Blocked = false };
        }
        finally
        {
            if (delta.End)
            {
                masker?.Dispose();
                _channels.Remove(delta.Channel);
                _gates.Remove(delta.Channel);
            }
        }
    }
}
