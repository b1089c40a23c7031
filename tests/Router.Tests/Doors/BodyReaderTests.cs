using GatewayStack.Router.Doors;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Tests.Doors;

public sealed class BodyReaderTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("APPLICATION/JSON")]
    [InlineData("application/vnd.api+json")]
    public async Task Json_is_read(string type)
    {
        var (body, refusal) = await ReadAsync("{}", type);
        refusal.ShouldBeNull();
        Texts.Text(body).ShouldBe("{}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/jsonp")]
    [InlineData("json")]
    public async Task Nothing_else_is(string? type) => (await ReadAsync("{}", type)).Refusal.ShouldNotBeNull().Status.ShouldBe(415);

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity")]
    [InlineData("br, gzip")]
    public async Task A_body_is_sent_as_it_is(string encoding) => (await ReadAsync("{}", encoding: encoding)).Refusal.ShouldNotBeNull().Code.ShouldBe("unsupported_content_encoding");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_bound_holds_whether_the_length_is_said_or_not(bool said)
    {
        var (whole, fits) = await ReadAsync(new string('x', 100), length: said ? 100 : null);
        fits.ShouldBeNull();
        whole.Length.ShouldBe(100);
        (await ReadAsync(new string('x', 101), length: said ? 101 : null)).Refusal.ShouldNotBeNull().Status.ShouldBe(413);
    }

    [Fact]
    public async Task What_is_said_to_be_too_large_is_not_even_read()
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/json";
        http.Request.ContentLength = 1L << 40;
        http.Request.Body = new ThrowingStream();
        (await BodyReader.ReadJsonAsync(http.Request, 100, TestContext.Current.CancellationToken)).Refusal.ShouldNotBeNull().Status.ShouldBe(413);
    }

    private static async Task<(ReadOnlyMemory<byte> Body, Refusal? Refusal)> ReadAsync(string body, string? type = "application/json", string? encoding = null, long? length = null)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = type;
        http.Request.ContentLength = length;
        if (encoding is not null)
        {
            http.Request.Headers.ContentEncoding = encoding;
        }

        using var stream = new PieceStream(Texts.Cut(Texts.Utf8(body), [6, 0, 40]));
        http.Request.Body = stream;
        return await BodyReader.ReadJsonAsync(http.Request, 100, CancellationToken.None);
    }

    private sealed class ThrowingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new InvalidOperationException("read");
    }
}
