using System.Net;
using System.Net.Sockets;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Servers that do not behave, and names that lead where nobody should be sent.</summary>
public sealed class ClientDocumentNetworkTests : ClientDocumentSuite
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.20.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    public async Task A_name_that_leads_off_the_public_network_is_not_followed(string address)
    {
        foreach (var addresses in (IPAddress[][])[[IPAddress.Parse(address)], [Public, IPAddress.Parse(address)]])
        {
            Resolve = _ => addresses;
            await RefusedAsync($"https://app.example/{addresses.Length}", "not public");
        }

        (Fetches, Connected.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("https://127.0.0.1/client.json")]
    [InlineData("https://[::1]/client.json")]
    [InlineData("https://[::ffff:169.254.169.254]/client.json")]
    public async Task Nor_is_an_address_in_place_of_a_name(string id)
    {
        Resolve = host => [IPAddress.Parse(host.Trim('[', ']'))];
        var shown = await new IssuerBrowser(Http).OpenAsync(new IssuerClient(Http, id, Redirect).AuthorizeUrl("calendar:read"));
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
        (Fetches, Connected.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_strangers_slow_server_holds_up_no_client_of_a_shape_that_is_shipped()
    {
        using var gate = new ManualResetEventSlim();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Resolve = _ =>
        {
            asked.TrySetResult();
            gate.Wait(Cancel);
            return [Public];
        };
        var stranger = new IssuerBrowser(Http).OpenAsync(new IssuerClient(Http, Id, Redirect).AuthorizeUrl("calendar:read"));
        try
        {
            await asked.Task.WaitAsync(Cancel);
            var shipped = new IssuerClient(Http, "https://chatgpt.com/oauth/conn-7/client.json", "https://chatgpt.com/connector_platform_oauth_redirect");
            var shown = await new IssuerBrowser(Http).OpenAsync(shipped.AuthorizeUrl("calendar:read"));
            shown.Has("demo_person").ShouldBeTrue();
            stranger.IsCompleted.ShouldBeFalse();
        }
        finally
        {
            gate.Set();
        }

        await stranger;
    }

    [Fact]
    public async Task A_name_that_changes_its_address_is_connected_where_it_was_judged()
    {
        var asked = 0;
        Resolve = _ => [asked++ == 0 ? Public : IPAddress.Loopback];
        await new IssuerBrowser(Http).OpenAsync(new IssuerClient(Http, Id, Redirect).AuthorizeUrl("calendar:read"));
        asked.ShouldBe(1);
        Connected.ShouldBe([new IPEndPoint(Public, 443)]);
    }

    public static TheoryData<string, string> Misbehaviour => new()
    {
        { "redirect", "302" },
        { "not found", "404" },
        { "error", "500" },
        { "html", "no JSON" },
        { "broken", "no JSON" },
        { "array", "another application" },
        { "duplicate", "no JSON" },
        { "large", "too large" },
        { "large without length", "too large" },
        { "compressed", "no JSON" },
        { "other id", "another application" },
        { "id with slash", "another application" },
        { "no id", "another application" },
        { "secret", "shared secret" },
        { "bad redirect", "not fit" },
        { "cut off", "could not be fetched" },
    };

    [Theory]
    [MemberData(nameof(Misbehaviour))]
    public async Task A_document_that_is_not_in_order_is_said_to_be(string how, string says)
    {
        string Document(string id, string more = "") => $$"""{"client_id":"{{id}}","redirect_uris":["{{Redirect}}"]{{more}}}""";
        Answer = how switch
        {
            "redirect" => Redirecting,
            "not found" => Status(404),
            "error" => Status(500),
            "html" => Json(Document(Id), "text/html"),
            "broken" => Json("{"),
            "array" => Json("[]"),
            "duplicate" => Json($$"""{"client_id":"{{Id}}","client_id":"{{Id}}","redirect_uris":["{{Redirect}}"]}"""),
            "large" => Json(Document(Id, $",\"x\":\"{new string('x', 65 * 1024)}\"")),
            "large without length" => EndlessAsync,
            "compressed" => context => Compressed(context, Document(Id)),
            "other id" => Json(Document("https://other.example/oauth/client.json")),
            "id with slash" => Json(Document(Id + "/")),
            "no id" => Json($$"""{"redirect_uris":["{{Redirect}}"]}"""),
            "secret" => Json(Document(Id, ",\"token_endpoint_auth_method\":\"client_secret_post\"")),
            "bad redirect" => Json($$"""{"client_id":"{{Id}}","redirect_uris":["javascript:alert(1)"]}"""),
            _ => CutOff,
        };
        await RefusedAsync(Id, says);
        Connected.Count.ShouldBe(1);

        // It is not asked again at once: nobody hammers somebody through us.
        await RefusedAsync(Id, says);
        Connected.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_certificate_that_is_not_good_ends_it()
    {
        await using var strict = await DemoServer.StartAsync(
            new DemoServerOptions
            {
                GatewayUrl = new Uri("http://127.0.0.1:1"),
                DocumentTransport = new DocumentTransport
                {
                    ResolveAsync = (_, _) => Task.FromResult<IPAddress[]>([Public]),
                    ConnectAsync = async (_, cancellationToken) =>
                    {
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                        await socket.ConnectAsync(IPAddress.Loopback, WebAddress.Port, cancellationToken);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                },
            },
            Cancel);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = strict.Address };
        (await new IssuerBrowser(http).OpenAsync(new IssuerClient(http, Id, Redirect).AuthorizeUrl("calendar:read"))).Html.ShouldContain("could not be fetched");
        Fetches.ShouldBe(0);
    }

    private static Task Redirecting(HttpContext context)
    {
        context.Response.Redirect("https://169.254.169.254/");
        return Task.CompletedTask;
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        for (var i = 0; i < 2000; i++)
        {
            await context.Response.WriteAsync(new string(' ', 1024), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static Task Compressed(HttpContext context, string text)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        return Json(text)(context);
    }

    private static Task CutOff(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
