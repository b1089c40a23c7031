using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Tests.Routing;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("GET /events/{event}", "GET", "/events/7", "event=7")]
    [InlineData("GET /events/{event}", "GET", "/events/7/", "event=7")]
    [InlineData("* /patients/{patient}/notes/{note}", "DELETE", "/patients/p 1/notes/2", "patient=p 1;note=2")]
    [InlineData("GET /events", "GET", "/events", "")]
    public void A_path_that_fits_names_its_resources(string template, string method, string path, string expected) =>
        string.Join(';', PathTemplate.TryParse(template)!.Match(method, path)!.Value.Select(r => $"{r.Type}={r.Id}")).ShouldBe(expected);

    [Theory]
    [InlineData("GET /events/{event}", "POST", "/events/7")]
    [InlineData("GET /events/{event}", "get", "/events/7")]
    [InlineData("GET /events/{event}", "GET", "/events")]
    [InlineData("GET /events/{event}", "GET", "/events/7/8")]
    [InlineData("GET /events/{event}", "GET", "/Events/7")]
    [InlineData("GET /events/{event}", "GET", "/events//")]
    public void Another_path_does_not_fit(string template, string method, string path) => PathTemplate.TryParse(template)!.Match(method, path).ShouldBeNull();

    [Theory]
    [InlineData("/events")]
    [InlineData("GET events")]
    [InlineData("get /events")]
    [InlineData("GET /events/")]
    [InlineData("GET /events//x")]
    [InlineData("GET /events/{}")]
    [InlineData("GET /events/x{event}")]
    [InlineData("GET /events/{event}x")]
    [InlineData("GET /events {x}")]
    [InlineData("")]
    public void What_is_no_template_is_refused(string template) => PathTemplate.TryParse(template).ShouldBeNull();
}
