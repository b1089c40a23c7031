using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Router.Json;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>
/// The events of a streamed answer whose texts are changed. Each event goes on in its place, with the bytes it came with but for the texts; what the session still holds of
/// a choice when that ends goes before the event that says so.
/// </summary>
/// <remarks>Belongs to one answer: not safe for concurrent use.</remarks>
internal sealed class AnswerStream(Exchange exchange, AnswerSession session)
{
    private readonly AnswerTreatment _treatment = new(exchange, session, exchange.Chat!.AsksForJson);
    private readonly List<Planned> _events = [];
    private byte[]? _frame;

    /// <summary>Treats whole events and writes what the caller gets.</summary>
    public async ValueTask<AnswerTreatmentEnd> TakeAsync(IReadOnlyList<ReadOnlyMemory<byte>> events, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var end = AnswerTreatmentEnd.Good;
        _events.Clear();
        foreach (var sse in events)
        {
            if (Plan(sse) is not { } planned)
            {
                // What came before it is still good.
                end = AnswerTreatmentEnd.Garbage;
                break;
            }

            _events.Add(planned);
        }

        if (!await _treatment.RunAsync(cancellationToken))
        {
            return AnswerTreatmentEnd.Lost;
        }

        foreach (var planned in _events)
        {
            if (!Write(planned, output))
            {
                end = AnswerTreatmentEnd.Blocked;
                break;
            }
        }

        _treatment.Clear();
        return end;
    }

    /// <summary>Writes what is still held of every choice.</summary>
    public async ValueTask<AnswerTreatmentEnd> FlushAsync(IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var held = Hold(_treatment.Open());
        if (!await _treatment.RunAsync(cancellationToken))
        {
            return AnswerTreatmentEnd.Lost;
        }

        var good = held.All(h => WriteHeld(h, output));
        _treatment.Clear();
        return good ? AnswerTreatmentEnd.Good : AnswerTreatmentEnd.Blocked;
    }

    private Planned? Plan(ReadOnlyMemory<byte> sse)
    {
        if (SseEventText.TryRead(sse) is not { } text)
        {
            return null;
        }

        if (text.Data.IsEmpty)
        {
            return new Planned(sse, text, null, [], []);
        }

        if (AnswerReader.TryRead(text.Data) is not { } reader || _treatment.HasTooMany)
        {
            return null;
        }

        _frame ??= reader.Frame.IsEmpty ? null : Frame(text.Data, reader.Frame);
        var pieces = new int[reader.Texts.Count];
        var last = reader.Finished.Count == 0 ? null : reader.LastOfChannels();
        for (var i = 0; i < pieces.Length; i++)
        {
            pieces[i] = _treatment.Add(reader.Texts[i], last is not null && last[i] && reader.Finished.Contains(reader.Texts[i].Choice));
        }

        var held = ImmutableArray<Held>.Empty;
        foreach (var choice in reader.Finished)
        {
            held = held.AddRange(Hold(_treatment.Open(choice)));
            _treatment.Ended(choice);
        }

        return new Planned(sse, text, reader, pieces, held);
    }

    private ImmutableArray<Held> Hold(IReadOnlyList<AnswerChannel> channels) => [.. channels.Select(c => new Held(c, _treatment.End(c)))];

    private bool Write(Planned planned, IBufferWriter<byte> output)
    {
        if (!planned.Held.All(h => WriteHeld(h, output)))
        {
            return false;
        }

        if (planned.Reader is not { } reader)
        {
            WritePlain(planned, output);
            return true;
        }

        var splices = new BodySplices();
        for (var i = 0; i < planned.Pieces.Length; i++)
        {
            if (_treatment.Text(planned.Pieces[i]) is not { } treated)
            {
                return false;
            }

            if (!string.Equals(treated, reader.Texts[i].Text, StringComparison.Ordinal))
            {
                splices.Replace(reader.Texts[i].Range, BodySplices.Literal(treated));
            }
        }

        foreach (var repeated in reader.RepeatedTexts)
        {
            splices.Replace(repeated, "null"u8.ToArray());
        }

        foreach (var piece in planned.Pieces)
        {
            _treatment.Count(piece);
        }

        if (splices.Count == 0)
        {
            WritePlain(planned, output);
        }
        else
        {
            planned.Text.Write(output, splices.Apply(planned.Text.Data));
        }

        return true;
    }

    private static void WritePlain(Planned planned, IBufferWriter<byte> output)
    {
        if (planned.Text.IsPlain)
        {
            output.Write(planned.Event.Span);
        }
        else
        {
            planned.Text.Write(output, planned.Text.Data);
        }
    }

    /// <summary>Writes what a channel had left, in an event like those it came in.</summary>
    private bool WriteHeld(Held held, IBufferWriter<byte> output)
    {
        if (_treatment.Text(held.Piece) is not { } text)
        {
            return false;
        }

        _treatment.Count(held.Piece);
        if (text.Length > 0)
        {
            SseEventText.WriteNew(output, HeldEvent.Write(_frame, held.Channel, text));
        }

        return true;
    }

    private static byte[] Frame(ReadOnlyMemory<byte> data, ImmutableArray<(string Name, Range Value)> members)
    {
        var frame = new ArrayBufferWriter<byte>();
        foreach (var (name, value) in members)
        {
            frame.Write(BodySplices.Member(name, data.Span[value]));
        }

        return frame.WrittenSpan.ToArray();
    }

    private readonly record struct Held(AnswerChannel Channel, int Piece);

    private sealed record Planned(ReadOnlyMemory<byte> Event, SseEventText Text, AnswerReader? Reader, int[] Pieces, ImmutableArray<Held> Held);
}
