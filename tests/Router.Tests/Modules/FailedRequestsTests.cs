using GatewayStack.Router.Modules;
using GatewayStack.Router.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Router.Tests.Modules;

public class FailedRequestsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FailedRequests _failed;

    public FailedRequestsTests() => _failed = new FailedRequests(_time);

    [Fact]
    public void The_pause_grows_and_nothing_opens_for_ten_minutes()
    {
        foreach (var pause in new[] { 5, 60, 600 })
        {
            _failed.Remember(Call());
            _time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromTicks(1));
            _failed.Find(Call()).ShouldBe(FailedBefore.IsNotSent);
            _time.Advance(TimeSpan.FromTicks(1));
            _failed.Find(Call()).ShouldBe(pause < 600 ? FailedBefore.OpensNothing : FailedBefore.No);
        }
    }

    [Fact]
    public void After_ten_minutes_it_is_a_new_request()
    {
        _failed.Remember(Call());
        _time.Advance(TimeSpan.FromMinutes(10));
        _failed.Find(Call()).ShouldBe(FailedBefore.No);
        _failed.Remember(Call());
        _time.Advance(TimeSpan.FromSeconds(5));
        _failed.Find(Call()).ShouldBe(FailedBefore.OpensNothing);
    }

    [Fact]
    public void Another_person_another_body_another_path_and_another_module_are_other_requests()
    {
        _failed.Remember(Call());
        _failed.Find(Call()).ShouldBe(FailedBefore.IsNotSent);
        _failed.Find(Call(person: "nora")).ShouldBe(FailedBefore.No);
        _failed.Find(Call(body: "other")).ShouldBe(FailedBefore.No);
        _failed.Find(Call(path: "/other")).ShouldBe(FailedBefore.No);
        _failed.Find(Call(module: ModuleNames.Policy)).ShouldBe(FailedBefore.No);
        _failed.Find(Call(person: null, token: "a")).ShouldBe(FailedBefore.No);
    }

    [Fact]
    public void Where_nobody_is_known_yet_the_credentials_stand_for_them()
    {
        _failed.Remember(Call(person: null, token: "a"));
        _failed.Find(Call(person: null, token: "a", body: "any")).ShouldBe(FailedBefore.IsNotSent);
        _failed.Find(Call(person: null, token: "b")).ShouldBe(FailedBefore.No);
    }

    [Fact]
    public void What_was_answered_is_forgotten()
    {
        _failed.Remember(Call());
        _failed.Forget(Call());
        _failed.Find(Call()).ShouldBe(FailedBefore.No);
    }

    [Fact]
    public void What_belongs_to_no_request_is_not_remembered()
    {
        var settlement = new ModuleCall { Module = ModuleNames.Limits, Stage = "settle", Person = "p" };
        _failed.Remember(settlement);
        _failed.Find(settlement).ShouldBe(FailedBefore.No);
    }

    [Theory]
    [InlineData("models.list", "", false)]
    [InlineData("models.list", "body", true)]
    [InlineData("backend", "", true)]
    public void What_brings_nothing_of_its_own_is_not_remembered(string route, string body, bool remembered)
    {
        var call = Call(body: body, route: route);
        _failed.Remember(call);
        _failed.Find(call).ShouldBe(remembered ? FailedBefore.IsNotSent : FailedBefore.No);
    }

    [Fact]
    public void There_are_never_too_many_and_the_oldest_goes_first()
    {
        for (var i = 0; i < 10_001; i++)
        {
            _failed.Remember(Call(body: "b" + i));
            _time.Advance(TimeSpan.FromTicks(1));
        }

        _failed.Find(Call(body: "b0")).ShouldBe(FailedBefore.No);
        _failed.Find(Call(body: "b1")).ShouldBe(FailedBefore.IsNotSent);
        _failed.Find(Call(body: "b10000")).ShouldBe(FailedBefore.IsNotSent);
    }

    private static ModuleCall Call(string? person = "alice", string body = "body", string path = "/x", string token = "t", string module = ModuleNames.Transform, string route = "chat.completions")
    {
        var exchange = Exchanges.Chat(Stream.Null, route: route);
        exchange.Body = Texts.Utf8(body);
        exchange.Http.Request.Path = path;
        exchange.Http.Request.Headers.Authorization = "Bearer " + token;
        exchange.Context.Identity = person is null ? null : Callers.Numbered(person);
        return ModuleCall.For(exchange, module, "inspect");
    }
}
