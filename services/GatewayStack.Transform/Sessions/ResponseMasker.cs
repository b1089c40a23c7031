using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Transform.Sessions;

/// <summary>Masks the channels of one answer, each by itself. Belongs to one session.</summary>
internal sealed class ResponseMasker(Scanner scanner, ResponseSession session, TransformMetrics metrics, ILogger logger)
{
    /// <summary>What stands for the rest of a channel that could not be scanned in its time.</summary>
    private const string Withheld = "[REDACTED]";

    private readonly Dictionary<string, ChannelMasker?> _channels = new(StringComparer.Ordinal);

    /// <summary>Deltas in, deltas out.</summary>
    public async IAsyncEnumerable<ResponseDelta> RunAsync(
        IAsyncEnumerable<ResponseDelta> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var delta in deltas.WithCancellation(cancellationToken))
            {
                var text = Accept(delta.Channel, delta.Text, delta.End, cancellationToken);
                if (text.Length > 0 || delta.End)
                {
                    yield return delta with { Text = text };
                }
            }

            // An answer that broke off: what it has is all of it.
            foreach (var channel in _channels.Keys.Order(StringComparer.Ordinal).ToArray())
            {
                var text = Accept(channel, string.Empty, end: true, cancellationToken);
                if (text.Length > 0)
                {
                    yield return new ResponseDelta { Channel = channel, Text = text };
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

    private string Accept(string channel, string text, bool end, CancellationToken cancellationToken)
    {
        if (!_channels.TryGetValue(channel, out var masker))
        {
            masker = new ChannelMasker(scanner, Masks, json: channel.Contains("/tool/", StringComparison.Ordinal));
            _channels.Add(channel, masker);
        }

        try
        {
            return masker?.Accept(text, end, metrics.Masked, cancellationToken) ?? string.Empty;
        }
        catch (RegexMatchTimeoutException)
        {
            TransformLog.ChannelWithheld(logger, session.RequestId);
            masker?.Dispose();
            masker = null;
            _channels[channel] = null;
            return Withheld;
        }
        finally
        {
            if (end)
            {
                masker?.Dispose();
                _channels.Remove(channel);
            }
        }
    }

    private bool Masks(Recognizer row) => row.Marks && (session.Types.IsEmpty || session.Types.Contains(row.Type));
}
