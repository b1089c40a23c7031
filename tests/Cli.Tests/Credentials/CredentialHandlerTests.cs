using System.ClientModel;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using GatewayStack.Credentials;
using GatewayStack.Credentials.ClientModel;
using GatewayStack.Credentials.Http;
using Microsoft.AspNetCore.Http;
using OpenAI;
using OpenAI.Chat;

namespace GatewayStack.Cli.Tests.Credentials;

/// <summary>What an HttpClient and an SDK on System.ClientModel send.</summary>
public sealed class CredentialHandlerTests : IAsyncLifetime
{
    private readonly ScriptedSource _source = new(TimeProvider.System);
    private StrictResource _resource = null!;
    private StrictResource _other = null!;
    private RenewingCredential _credential = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _resource = await StrictResource.StartAsync();
        _other = await StrictResource.StartAsync();
        _credential = new RenewingCredential(_resource.Address, _source);
        _http = new HttpClient(new CredentialHandler(_credential, new SocketsHttpHandler { UseProxy = false })) { BaseAddress = _resource.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _resource.DisposeAsync();
        await _other.DisposeAsync();
    }

    public static TheoryData<string> Bodies => ["bytes", "json", "form", "seekable stream", "none"];

    [Fact]
    public async Task The_token_goes_to_the_gateway_and_other_keys_do_not()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/x");
        request.Headers.Add("x-api-key", "placeholder");
        request.Headers.Add("Authorization", "Bearer placeholder");
        (await _http.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _resource.Requests.Single().ShouldBe(new Received("Bearer token-1", null, string.Empty, 200));
    }

    [Fact]
    public async Task The_token_goes_nowhere_else_not_by_a_redirect_either()
    {
        (await _http.GetAsync(new Uri(_other.Address, "/x"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _resource.Answer = _ => Results.Redirect(new Uri(_other.Address, "/y").AbsoluteUri, preserveMethod: true);
        await _http.GetAsync("/x", Cancel);
        _other.Requests.Count.ShouldBe(2);
        _other.Requests.ShouldAllBe(r => r.Authorization == null);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_refused_request_is_sent_once_more_as_it_was(string kind)
    {
        _resource.Accepts = token => token != "token-1";
        (await _http.PostAsync("/x", Body(kind), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (first, second) = (_resource.Requests.First(), _resource.Requests.Last());
        (first.Status, second.Status, second.Authorization).ShouldBe((401, 200, "Bearer token-2"));
        second.Body.ShouldBe(first.Body);
        (first.Body.Length > 0).ShouldBe(kind != "none");
    }

    [Fact]
    public async Task What_can_be_read_only_once_is_not_sent_again_and_the_next_request_has_the_new_token()
    {
        _resource.Accepts = token => token != "token-1";
        using var pipe = new StreamContent(new OnceStream("streamed"));
        (await _http.PostAsync("/x", pipe, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _resource.Requests.Count.ShouldBe(1);
        (await _http.GetAsync("/x", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _resource.Requests.Last().Authorization.ShouldBe("Bearer token-2");
    }

    [Fact]
    public async Task A_gateway_that_refuses_the_new_token_too_is_believed()
    {
        _resource.Accepts = _ => false;
        for (var i = 0; i < 5; i++)
        {
            (await _http.GetAsync("/x", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        _resource.Requests.Count.ShouldBe(6);
        _source.Demands.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Other_refusals_are_not_the_tokens_fault(int status)
    {
        _resource.Answer = _ => Results.StatusCode(status);
        ((int)(await _http.GetAsync("/x", Cancel)).StatusCode).ShouldBe(status);
        (_resource.Requests.Count, _source.Demands.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_sent()
    {
        _source.Before = () => throw new CredentialException(CredentialFault.SignInRequired, "sign in");
        (await Should.ThrowAsync<CredentialException>(() => _http.GetAsync("/x", Cancel))).Fault.ShouldBe(CredentialFault.SignInRequired);
        _resource.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void A_synchronous_request_has_the_token_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/x");
        _http.Send(request, Cancel).StatusCode.ShouldBe(HttpStatusCode.OK);
        _resource.Requests.Single().Authorization.ShouldBe("Bearer token-1");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAIs_client_sends_a_refused_request_once_more(bool synchronous)
    {
        _resource.Accepts = token => token != "token-1";
        (await CompleteAsync(_resource.Address, synchronous)).Content[0].Text.ShouldBe("hello");
        var (first, second) = (_resource.Requests.First(), _resource.Requests.Last());
        (first.Status, second.Status, second.Authorization).ShouldBe((401, 200, "Bearer token-2"));
        second.Body.ShouldBe(first.Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OpenAIs_client_sends_the_token_nowhere_else(bool synchronous)
    {
        (await Should.ThrowAsync<ClientResultException>(() => CompleteAsync(_other.Address, synchronous))).Status.ShouldBe(401);
        _other.Requests.ShouldAllBe(r => r.Authorization == null);
    }

    [Fact]
    public async Task OpenAIs_client_believes_a_gateway_that_refuses_the_new_token_too()
    {
        _resource.Accepts = _ => false;
        (await Should.ThrowAsync<ClientResultException>(() => CompleteAsync(_resource.Address, synchronous: false))).Status.ShouldBe(401);
        _resource.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_a_token_provider_for_what_takes_one()
    {
        var provider = new CredentialTokenProvider(_credential);
        var options = provider.CreateTokenOptions(new Dictionary<string, object>());
        var token = await provider.GetTokenAsync(options, Cancel);
        (token.TokenValue, token.TokenType).ShouldBe(("token-1", "Bearer"));
        token.RefreshOn.ShouldBe(token.ExpiresOn - RenewingCredential.Ahead);
        provider.GetToken(options, Cancel).TokenValue.ShouldBe("token-1");
    }

    private async Task<ChatCompletion> CompleteAsync(Uri address, bool synchronous)
    {
        var client = new ChatClient("gpt-4o-mini", new CredentialPolicy(_credential), new OpenAIClientOptions { Endpoint = new Uri(address, "/v1") });
        return synchronous ? client.CompleteChat([new UserChatMessage("hi")], cancellationToken: Cancel) : await client.CompleteChatAsync([new UserChatMessage("hi")], cancellationToken: Cancel);
    }

    private static HttpContent? Body(string kind) => kind switch
    {
        "bytes" => new StringContent("text"),
        "json" => JsonContent.Create(new Dictionary<string, string> { ["a"] = "b" }),
        "form" => new FormUrlEncodedContent([new("a", "b")]),
        "seekable stream" => new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("streamed"))),
        _ => null,
    };

    /// <summary>A stream that cannot be rewound, as from a network.</summary>
    private sealed class OnceStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override bool CanSeek => false;
    }
}
