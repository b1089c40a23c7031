using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using V1 = GatewayStack.Wire.Transform.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class TransformOverTheWireTests
{
    private static readonly ResponseSession Session = new() { RequestId = "r", Tenant = "t" };

    [Fact]
    public async Task An_answer_is_masked_as_it_arrives()
    {
        await using var server = await StartAsync(b => b.AddTransformModule());
        using var client = Client(server);
        var deltas = Channel.CreateUnbounded<ResponseDelta>();
        await using var masked = client.Get<ITransformModule>().TransformResponseAsync(Session, deltas.Reader.ReadAllAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        // The first piece comes out before the answer is over.
        deltas.Writer.TryWrite(Delta("A long sentence about nothing at all, long enough to be let go. " + new string('.', 600)));
        (await masked.MoveNextAsync()).ShouldBeTrue();
        var text = masked.Current.Text;
        foreach (var piece in (string[])[" Write to ali", "ce@exam", "ple.com now"])
        {
            deltas.Writer.TryWrite(Delta(piece));
        }

        deltas.Writer.TryWrite(Delta(".") with { End = true });
        deltas.Writer.Complete();
        while (await masked.MoveNextAsync())
        {
            text += masked.Current.Text;
        }

        text.ShouldStartWith("A long sentence");
        text.ShouldEndWith(" Write to [EMAIL] now.");
    }

    [Fact]
    public async Task Many_channels_come_out_as_in_one_process()
    {
        await using var server = await StartAsync(b => b.AddTransformModule());
        using var client = Client(server);
        ResponseDelta[] deltas = [.. Enumerable.Range(0, 500).Select(i => new ResponseDelta { Channel = $"{i % 7}", Text = $"{i} mail{i}@example.com ", End = i >= 493 })];
        var expected = await CollectAsync(server.Services.GetRequiredService<ITransformModule>(), deltas);
        (await CollectAsync(client.Get<ITransformModule>(), deltas)).ShouldBe(expected);
        expected["0"].ShouldContain("[EMAIL]");

        static async Task<SortedDictionary<string, string>> CollectAsync(ITransformModule transform, ResponseDelta[] deltas)
        {
            var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
            await foreach (var delta in transform.TransformResponseAsync(Session, deltas.ToAsyncEnumerable(), TestContext.Current.CancellationToken))
            {
                texts[delta.Channel] = texts.GetValueOrDefault(delta.Channel) + delta.Text;
            }

            return texts;
        }
    }

    [Fact]
    public async Task An_answer_that_ends_badly_ends_the_session_with_its_own_error()
    {
        await using var server = await StartAsync(b => b.AddTransformModule());
        using var client = Client(server);
        await Should.ThrowAsync<FormatException>(() => DrainAsync(client.Get<ITransformModule>().TransformResponseAsync(Session, Failing(), TestContext.Current.CancellationToken)));

        static async IAsyncEnumerable<ResponseDelta> Failing()
        {
            yield return Delta("a");
            await Task.Yield();
            throw new FormatException("the provider's own");
        }
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_the_session_at_the_module()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync(b => b.Services.AddSingleton<ITransformModule>(new Answering((deltas, ct) => UntilEnded(deltas, ended, ct))));
        using var client = Client(server);
        var endless = Channel.CreateUnbounded<ResponseDelta>();
        endless.Writer.TryWrite(Delta("a"));
        await foreach (var delta in client.Get<ITransformModule>().TransformResponseAsync(Session, endless.Reader.ReadAllAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken))
        {
            delta.Text.ShouldBe("a");
            break;
        }

        await ended.Task.WaitAsync(TestContext.Current.CancellationToken);

        static async IAsyncEnumerable<ResponseDelta> UntilEnded(IAsyncEnumerable<ResponseDelta> deltas, TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(() => ended.TrySetResult());
            await foreach (var delta in deltas.WithCancellation(cancellationToken))
            {
                yield return delta;
            }
        }
    }

    [Fact]
    public async Task Cancellation_looks_as_in_one_process()
    {
        await using var server = await StartAsync(b => b.AddTransformModule());
        using var client = Client(server);
        using var cancellation = new CancellationTokenSource();
        var endless = Channel.CreateUnbounded<ResponseDelta>();
        var session = DrainAsync(client.Get<ITransformModule>().TransformResponseAsync(Session, endless.Reader.ReadAllAsync(TestContext.Current.CancellationToken), cancellation.Token));
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => session);
    }

    [Fact]
    public async Task A_module_that_breaks_off_is_broken()
    {
        await using var server = await StartAsync(b => b.Services.AddSingleton<ITransformModule>(new Answering((_, _) => throw new InvalidOperationException("a fault of its own"))));
        using var client = Client(server);
        var endless = Channel.CreateUnbounded<ResponseDelta>();
        var failure = await Should.ThrowAsync<ModuleCallException>(() =>
            DrainAsync(client.Get<ITransformModule>().TransformResponseAsync(Session, endless.Reader.ReadAllAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)));
        failure.Fault.ShouldBe(ModuleFault.Broken);
    }

    [Fact]
    public async Task A_module_that_ends_early_leaves_no_part_of_the_answer_behind_unsaid()
    {
        await using var server = await StartAsync(b => b.Services.AddSingleton<ITransformModule>(new Answering((_, _) => AsyncEnumerable.Empty<ResponseDelta>())));
        using var client = Client(server);
        var failure = await Should.ThrowAsync<ModuleCallException>(() =>
            DrainAsync(client.Get<ITransformModule>().TransformResponseAsync(Session, Endless(), TestContext.Current.CancellationToken)));
        failure.Fault.ShouldBe(ModuleFault.Broken);

        static async IAsyncEnumerable<ResponseDelta> Endless([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                yield return Delta("a");
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task A_session_at_a_closed_port_was_never_reached()
    {
        using var client = new WireClient("transform", b => b.AddTransformClient(), RawServer.Closed());
        var failure = await Should.ThrowAsync<ModuleCallException>(() =>
            DrainAsync(client.Get<ITransformModule>().TransformResponseAsync(Session, AsyncEnumerable.Empty<ResponseDelta>(), TestContext.Current.CancellationToken)));
        failure.Fault.ShouldBe(ModuleFault.NeverReached);
    }

    [Fact]
    public async Task A_stream_that_does_not_open_a_session_is_the_requests_fault()
    {
        await using var server = await StartAsync(b => b.AddTransformModule());
        using var client = Client(server);
        var raw = new V1.TransformModule.TransformModuleClient(client.Channel);
        V1.ResponseMessage session = new() { Session = new V1.ResponseSession { Tenant = "t" } };
        V1.ResponseMessage delta = new() { Delta = new V1.ResponseDelta { Channel = "0" } };
        foreach (var messages in (V1.ResponseMessage[][])[[], [new()], [delta], [new() { Session = new() }], [session, session], [session, new()]])
        {
            using var call = raw.TransformResponse(cancellationToken: TestContext.Current.CancellationToken);
            var failure = await Should.ThrowAsync<RpcException>(async () =>
            {
                try
                {
                    foreach (var message in messages)
                    {
                        await call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
                    }

                    await call.RequestStream.CompleteAsync();
                }
                catch (InvalidOperationException)
                {
                    // Refused before everything was said.
                }

                await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
            });
            failure.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        }
    }

    [Fact]
    public async Task Edits_are_those_of_one_process_and_only_texts_with_findings_are_sent()
    {
        EditRequest? sent = null;
        await using var server = await StartAsync(b =>
        {
            b.AddTransformModule();
            b.Services.AddSingleton<ITransformModule>(provider => new Watching(ActivatorUtilities.CreateInstance<GatewayStack.Transform.TransformModule>(provider)) { OnApply = r => sent = r });
        });
        using var client = Client(server);
        var transform = client.Get<ITransformModule>();
        ImmutableArray<ContentSegment> segments = [Segment(0, "nothing"), Segment(1, "write to a@example.com"), Segment(2, "call +1 415 555 0100"), Segment(3, "nothing")];
        var inspection = await transform.InspectAsync(new InspectionRequest { RequestId = "r", Tenant = "t", Segments = segments }, TestContext.Current.CancellationToken);
        inspection.Metadata.Types.ShouldBe(["EMAIL", "PHONE"]);
        foreach (var types in (ImmutableArray<string>[])[[], ["EMAIL"], ["IBAN"]])
        {
            var request = new EditRequest { RequestId = "r", Tenant = "t", Segments = segments, Findings = inspection.Findings, Types = types };
            var edits = await transform.ApplyAsync(request, TestContext.Current.CancellationToken);
            RecordMaker.Json(edits).ShouldBe(RecordMaker.Json(await server.Services.GetRequiredService<ITransformModule>().ApplyAsync(request, TestContext.Current.CancellationToken)));
            sent = null;
            await transform.ApplyAsync(request, TestContext.Current.CancellationToken);
            sent!.Segments.Select(s => s.Id).ShouldBe(types switch { [] => [1, 2], ["EMAIL"] => [1], _ => [] });
        }
    }

    [Fact]
    public async Task A_message_as_large_as_a_body_can_be_is_taken()
    {
        await using var server = await StartAsync(b => b.Services.AddSingleton<ITransformModule>(new Counting()));
        using var client = Client(server);
        var segment = Segment(0, new string('x', 60 * 1024 * 1024));
        var result = await client.Get<ITransformModule>().InspectAsync(new InspectionRequest { RequestId = "r", Tenant = "t", Segments = [segment] }, TestContext.Current.CancellationToken);
        result.Reason.ShouldBe($"{segment.Text.Length}");
    }

    private static ResponseDelta Delta(string text) => new() { Channel = "0", Text = text };

    private static ContentSegment Segment(int id, string text) => new()
    {
        Id = id,
        Pointer = $"/messages/{id}/content",
        Part = "content",
        MediaType = "text/plain",
        Origin = SegmentOrigin.User,
        Editable = true,
        Text = text,
    };

    private static async Task DrainAsync(IAsyncEnumerable<ResponseDelta> deltas)
    {
        await foreach (var _ in deltas)
        {
        }
    }

    private static Task<WireServer> StartAsync(Action<Microsoft.AspNetCore.Builder.WebApplicationBuilder> module) => WireServer.StartAsync(
        b =>
        {
            module(b);
            b.AddTransformGrpc();
        },
        app => app.MapTransformGrpc());

    private static WireClient Client(WireServer server) => new("transform", b => b.AddTransformClient(), server.Address);

    private class Counting : ITransformModule
    {
        public virtual Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(new InspectionResult { Status = InspectionStatus.Refused, Metadata = ContentMetadata.Clean, Reason = $"{request.Segments.Sum(s => s.Text.Length)}" });

        public virtual Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public virtual IAsyncEnumerable<ResponseDelta> TransformResponseAsync(ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class Answering(Func<IAsyncEnumerable<ResponseDelta>, CancellationToken, IAsyncEnumerable<ResponseDelta>> answer) : Counting
    {
        public override IAsyncEnumerable<ResponseDelta> TransformResponseAsync(ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, CancellationToken cancellationToken) =>
            answer(deltas, cancellationToken);
    }

    private sealed class Watching(ITransformModule inner) : Counting
    {
        public Action<EditRequest> OnApply { get; init; } = _ => { };

        public override Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken) => inner.InspectAsync(request, cancellationToken);

        public override Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken)
        {
            OnApply(request);
            return inner.ApplyAsync(request, cancellationToken);
        }
    }
}
