using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Transform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>What is kept of inspected texts never changes an answer.</summary>
public sealed class InspectionCacheTests
{
    private static readonly string[] Texts =
    [
        "", "nothing", "mail a@example.com", "mail a@example.com and b@example.com", "call +1 415 555 0100", "card 4111 1111 1111 1111", "the revenue of project falcon",
        """{"to":"c@example.com"}""", "ip 8.8.8.8, mail a@example.com", "Falcon",
    ];

    private static readonly RecognizerOptions[] OtherRows = [new() { Name = "project", Words = ["falcon"], Label = "secret", Redact = true }];

    private static Gen<ContentSegment> Segments =>
        from text in Gen.Elements(Texts)
        from mediaType in Gen.Elements("text/plain", "application/json")
        from origin in Gen.Elements(SegmentOrigin.User, SegmentOrigin.Assistant)
        select new ContentSegment { Id = 0, Pointer = "", Part = "content", MediaType = mediaType, Origin = origin, Editable = true, Text = text };

    private static Gen<InspectionRequest> Requests =>
        from count in Gen.Choose(0, 6)
        from segments in Segments.ArrayOf(count)
        from tenant in Gen.Elements("a", "b")
        from unscanned in Gen.Elements(0, 0, 1)
        select new InspectionRequest
        {
            RequestId = "r",
            Tenant = tenant,
            Segments = [.. segments.Select((s, i) => s with { Id = i * 2, Pointer = $"/{i}" })],
            Unscanned = [.. Enumerable.Repeat(new UnscannedPart { Pointer = "/x", Type = "image_url", Reason = "not_text" }, unscanned)],
        };

    /// <summary>Whatever is known already, from whichever of two instances with the same or other rules, after however long: the answer is one that an instance gives.</summary>
    [Fact]
    public async Task A_warm_cache_answers_as_a_cold_one()
    {
        var time = new FakeTimeProvider();
        var instances = new Rolling(Module(), Module(OtherRows));
        await using var server = await StartAsync(instances);
        var scenario =
            from request in Requests
            from instance in Gen.Choose(0, 7)
            from seconds in Gen.Elements(0, 0, 0, 5, 31, 61)
            select (request, instance, seconds);
        var checks = Gen.Sample(scenario.ArrayOf(12), 10, new Rnd(20261125), Seeded.Cases(40));
        long segments = 0;
        foreach (var steps in checks)
        {
            using var client = Client(server, time);
            foreach (var (request, instance, seconds) in steps)
            {
                time.Advance(TimeSpan.FromSeconds(seconds));
                instances.Current = instance == 0 ? 1 : instance == 1 ? 2 : 0;
                var answer = RecordMaker.Json(await client.Get<ITransformModule>().InspectAsync(request, TestContext.Current.CancellationToken));
                var cold = await Task.WhenAll(instances.All.Select(i => i.InspectAsync(request, CancellationToken.None)));
                // An answer without a hop may be the one of the rules that answered last, for as long as facts are kept.
                cold.Select(RecordMaker.Json).ShouldContain(answer);
                segments += request.Segments.Length;
            }
        }

        // And it is worth having.
        instances.Segments.ShouldBeLessThan(segments);
    }

    [Fact]
    public async Task Only_what_is_new_in_a_conversation_is_sent()
    {
        var instance = new Rolling(Module());
        await using var server = await StartAsync(instance);
        using var client = Client(server, TimeProvider.System);
        for (var turn = 1; turn <= 5; turn++)
        {
            var request = Request([.. Enumerable.Range(0, turn).Select(i => $"turn {i}: write to person{i}@example.com")]);
            var result = await InspectAsync(client, request);
            instance.Sent.ShouldBe([turn - 1]);
            result.Findings.Select(f => f.SegmentId).ShouldBe(Enumerable.Range(0, turn));
            RecordMaker.Json(result).ShouldBe(RecordMaker.Json(await instance.All[0].InspectAsync(request, CancellationToken.None)));
        }
    }

    [Fact]
    public async Task A_request_without_anything_new_makes_no_call()
    {
        var instance = new Rolling(Module());
        await using var server = await StartAsync(instance);
        using var client = Client(server, TimeProvider.System);
        await InspectAsync(client, Request("a@example.com", "b"));
        instance.Calls.ShouldBe(1);
        await InspectAsync(client, Request("b", "a@example.com"));
        await InspectAsync(client, Request("b"));
        await InspectAsync(client, Request());
        instance.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData("other tenant")]
    [InlineData("other origin")]
    [InlineData("other media type")]
    [InlineData("other text")]
    public async Task What_makes_a_text_another_one_is_sent_again(string what)
    {
        var instance = new Rolling(Module());
        await using var server = await StartAsync(instance);
        using var client = Client(server, TimeProvider.System);
        var request = Request("a@example.com");
        await InspectAsync(client, request);
        var segment = request.Segments[0];
        await InspectAsync(client, what switch
        {
            "other tenant" => request with { Tenant = "other" },
            "other origin" => request with { Segments = [segment with { Origin = SegmentOrigin.System }] },
            "other media type" => request with { Segments = [segment with { MediaType = "application/json" }] },
            _ => request with { Segments = [segment with { Text = "a@example.con" }] },
        });
        instance.Sent.ShouldBe([0]);
        instance.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_by_other_rules_has_everything_sent_again()
    {
        var instances = new Rolling(Module(), Module(OtherRows));
        await using var server = await StartAsync(instances);
        using var client = Client(server, TimeProvider.System);
        await InspectAsync(client, Request("falcon", "a@example.com"));
        instances.Current = 1;
        var request = Request("falcon", "a@example.com", "new");
        var result = await InspectAsync(client, request);
        instances.Calls.ShouldBe(3);
        instances.Sent.ShouldBe([0, 1, 2]);
        result.Metadata.Labels.Select(l => l.Name).ShouldBe(["gdpr", "pii", "secret"]);

        // From here on these rules hold: nothing of the others is left.
        RecordMaker.Json(await InspectAsync(client, request)).ShouldBe(RecordMaker.Json(result));
        instances.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_kept_goes_after_a_minute()
    {
        var time = new FakeTimeProvider();
        var instance = new Rolling(Module());
        await using var server = await StartAsync(instance);
        using var client = Client(server, time);
        await InspectAsync(client, Request("a"));
        time.Advance(InspectionCache.Lifetime / 2);
        await InspectAsync(client, Request("a"));
        instance.Calls.ShouldBe(1);
        time.Advance(InspectionCache.Lifetime / 2);
        await InspectAsync(client, Request("a"));
        instance.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task The_whole_request_is_measured_not_only_what_is_sent()
    {
        var instance = new Rolling(Module(new TransformOptions { MaxChars = 25 }));
        await using var server = await StartAsync(instance);
        using var client = Client(server, TimeProvider.System);
        (await InspectAsync(client, Request("0123456789", "abcdefghij"))).Status.ShouldBe(InspectionStatus.Inspected);
        (await InspectAsync(client, Request("0123456789", "abcdefghij", "0123456789"))).Status.ShouldBe(InspectionStatus.Refused);
        (await InspectAsync(client, Request("0123456789", "abcdefghij", "new one"))).Status.ShouldBe(InspectionStatus.Refused);
        // Everything in it is known, and it is the longest so far: the module judges it, without being sent a text.
        instance.Sent.ShouldNotBeEmpty();
        (await InspectAsync(client, Request("0123456789", "abcdefghij", "0123"))).Status.ShouldBe(InspectionStatus.Inspected);
        (await InspectAsync(client, Request("0123456789", "abcdefghij", "0123", "0"))).Status.ShouldBe(InspectionStatus.Inspected);
        (await InspectAsync(client, Request("0123456789", "abcdefghij", "0123", "0", "0"))).Status.ShouldBe(InspectionStatus.Refused);
        instance.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusals_and_answers_that_name_no_rules_are_not_kept()
    {
        foreach (var odd in (InspectionResult[])
            [
                new() { Status = InspectionStatus.Refused, Metadata = ContentMetadata.Clean, RuleSet = "r" },
                new() { Status = InspectionStatus.Unspecified, Metadata = ContentMetadata.Clean, RuleSet = "r" },
                new() { Status = InspectionStatus.Inspected, Metadata = ContentMetadata.Clean },
            ])
        {
            var instance = new Rolling(new Fixed(odd));
            await using var server = await StartAsync(instance);
            using var client = Client(server, TimeProvider.System);
            (await InspectAsync(client, Request("a"))).Status.ShouldBe(odd.Status);
            (await InspectAsync(client, Request("a"))).Status.ShouldBe(odd.Status);
            instance.Calls.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Texts_with_the_same_number_are_not_mistaken_for_each_other()
    {
        var instance = new Rolling(Module());
        await using var server = await StartAsync(instance);
        using var client = Client(server, TimeProvider.System);
        var request = Request("a@example.com", "nothing");
        request = request with { Segments = [.. request.Segments.Select(s => s with { Id = 7 })] };
        await InspectAsync(client, request);
        (await InspectAsync(client, Request("nothing"))).Findings.ShouldBeEmpty();
        (await InspectAsync(client, Request("a@example.com"))).Findings.Length.ShouldBe(1);
    }

    [Fact]
    public void Memory_is_bounded_in_texts_and_in_bytes()
    {
        var cache = new InspectionCache(TimeProvider.System);
        for (var i = 0; i < InspectionCache.MaxEntries + 10_000; i++)
        {
            Keep(cache, $"{i}", findings: 0);
        }

        cache.Count.ShouldBeInRange(InspectionCache.MaxEntries / 2, InspectionCache.MaxEntries);
        // What came last is there.
        cache.LookUp(Request($"{InspectionCache.MaxEntries + 9_999}")).Unknown.ShouldBeEmpty();

        // With ten thousand findings each.
        var heavy = new InspectionCache(TimeProvider.System);
        for (var i = 0; i < 100; i++)
        {
            Keep(heavy, $"{i}", findings: 10_000);
        }

        heavy.Count.ShouldBeInRange(1, (int)(InspectionCache.MaxBytes / 800_000));

        // One that is too large by itself is not kept.
        Keep(heavy, "huge", findings: 300_000);
        heavy.LookUp(Request("huge")).Unknown.Length.ShouldBe(1);

        static void Keep(InspectionCache cache, string text, int findings)
        {
            var finding = new Finding { SegmentId = 0, Type = "EMAIL", Start = 0, End = 1, Score = 1 };
            var answer = new InspectionResult
            {
                Status = InspectionStatus.Inspected,
                Metadata = ContentMetadata.Clean,
                RuleSet = "r",
                Findings = [.. Enumerable.Repeat(finding, findings)],
            };
            cache.LookUp(Request(text)).CompleteAnew(answer);
        }
    }

    [Fact]
    public async Task Many_callers_at_once_get_their_own_answers()
    {
        var instance = new Rolling(Module());
        await using var server = await StartAsync(instance);
        using var client = Client(server, TimeProvider.System);
        var requests = Gen.Sample(Requests, 10, new Rnd(7), 300).ToArray();
        await Parallel.ForEachAsync(requests, TestContext.Current.CancellationToken, async (request, ct) =>
            RecordMaker.Json(await client.Get<ITransformModule>().InspectAsync(request, ct)).ShouldBe(RecordMaker.Json(await instance.All[0].InspectAsync(request, ct))));
    }

    private static InspectionRequest Request(params string[] texts) => new()
    {
        RequestId = "r",
        Tenant = "t",
        Segments =
        [
            .. texts.Select((t, i) => new ContentSegment
            {
                Id = i,
                Pointer = $"/{i}",
                Part = "content",
                MediaType = "text/plain",
                Origin = SegmentOrigin.User,
                Editable = true,
                Text = t,
            }),
        ],
    };

    private static TransformModule Module(params RecognizerOptions[] rows) => Module(new TransformOptions { Recognizers = rows });

    private static TransformModule Module(TransformOptions options) => new(
        options, new ServiceCollection().AddMetrics().AddSingleton<TransformMetrics>().BuildServiceProvider().GetRequiredService<TransformMetrics>(), NullLogger<TransformModule>.Instance);

    private static Task<InspectionResult> InspectAsync(WireClient client, InspectionRequest request) =>
        client.Get<ITransformModule>().InspectAsync(request, TestContext.Current.CancellationToken);

    private static Task<WireServer> StartAsync(ITransformModule module) => WireServer.StartAsync(
        b =>
        {
            b.Services.AddSingleton(module);
            b.AddTransformGrpc();
        },
        app => app.MapTransformGrpc());

    private static WireClient Client(WireServer server, TimeProvider time) => new(
        "transform",
        b =>
        {
            b.Services.AddSingleton(time);
            b.AddTransformClient();
        },
        server.Address);

    /// <summary>Instances behind one address, one of which answers, or all of them by turns.</summary>
    private sealed class Rolling(params ITransformModule[] instances) : ITransformModule
    {
        private int _calls;
        private long _segments;

        public ITransformModule[] All => instances;

        /// <summary>Which one answers; beyond the last, all of them by turns.</summary>
        public int Current { get; set; }

        public int Calls => _calls;

        public long Segments => _segments;

        /// <summary>Numbers of the texts of the last call.</summary>
        public ImmutableArray<int> Sent { get; private set; } = [];

        public Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken)
        {
            var call = Interlocked.Increment(ref _calls);
            Interlocked.Add(ref _segments, request.Segments.Length);
            Sent = [.. request.Segments.Select(s => s.Id)];
            return instances[Current < instances.Length ? Current : call % instances.Length].InspectAsync(request, cancellationToken);
        }

        public Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<ResponseDelta> TransformResponseAsync(ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class Fixed(InspectionResult result) : ITransformModule
    {
        public Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken) => Task.FromResult(result);

        public Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<ResponseDelta> TransformResponseAsync(ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
