using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace GatewayStack.Demo.Tests.Backends;

public sealed class ClinicTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_the_gateway_with_what_it_was_given()
    {
        demo.Gateway.AnswerStatus = 200;
        demo.Gateway.Answer = """{"choices":[{"message":{"role":"assistant","content":"Take rest."}}]}""";
        var assertion = demo.Gateway.Assert(audience: "clinic");
        using var response = await AskAsync(assertion, """{"model":"gpt-4-medical","prompt":"My head aches"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await BodyAsync(response))["answer"]!.GetValue<string>().ShouldBe("Take rest.");

        var (headers, body) = demo.Gateway.Calls.Last();
        headers["Authorization"].ShouldBe("Bearer " + assertion);
        headers["Backend-Credential"].ShouldBe("clinic:demo-clinic-secret");
        headers["traceparent"].ShouldStartWith(Trace[..36]);
        var question = JsonNode.Parse(body)!;
        question["model"]!.GetValue<string>().ShouldBe("gpt-4-medical");
        question["messages"]![0]!["content"]!.GetValue<string>().ShouldBe("My head aches");
    }

    [Fact]
    public async Task Passes_a_refusal_on()
    {
        demo.Gateway.AnswerStatus = 403;
        demo.Gateway.Answer = """{"error":{"message":"Your role may not use this model.","type":"invalid_request_error","param":null,"code":"missing_role"}}""";
        using var response = await AskAsync(demo.Gateway.Assert(audience: "clinic"), """{"model":"gpt-4-medical","prompt":"x"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await BodyAsync(response))["detail"]!.GetValue<string>().ShouldBe("Your role may not use this model.");
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    public async Task Garbage_from_the_gateway_is_a_502(string garbage)
    {
        demo.Gateway.AnswerStatus = 200;
        demo.Gateway.Answer = garbage;
        using var response = await AskAsync(demo.Gateway.Assert(audience: "clinic"), """{"model":"gpt-4-medical","prompt":"x"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
    }

    [Theory]
    [InlineData("""{"model":"gpt-4-medical"}""")]
    [InlineData("""{"model":"","prompt":"x"}""")]
    [InlineData("nothing")]
    public async Task A_bad_question_is_a_400(string question)
    {
        using var response = await AskAsync(demo.Gateway.Assert(audience: "clinic"), question);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Does_not_take_the_calendars_assertion()
    {
        using var response = await AskAsync(demo.Gateway.Assert(audience: "calendar"), """{"model":"gpt-4-medical","prompt":"x"}""");
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;

    private async Task<HttpResponseMessage> AskAsync(string assertion, string question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/demo/backends/clinic/chat") { Content = new StringContent(question) };
        request.Headers.Add("X-Gateway-Identity", assertion);
        request.Headers.Add("traceparent", Trace);
        return await demo.Http.SendAsync(request, Cancel);
    }
}
