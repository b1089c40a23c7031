using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Recognizers;

public sealed class EmailTests
{
    [Theory]
    [InlineData("write to alice@example.com please", "alice@example.com")]
    [InlineData("alice.smith+tag@mail.example.co.uk", "alice.smith+tag@mail.example.co.uk")]
    [InlineData("<bob@example.org>", "bob@example.org")]
    [InlineData("mailto:bob@example.org?subject=x", "bob@example.org")]
    [InlineData("'bob@example.org'", "bob@example.org")]
    [InlineData("...bob@example.org.", "bob@example.org")]
    [InlineData("{\"to\":\"bob@example.org\"}", "bob@example.org")]
    [InlineData("O'Brien is o'brien@example.ie", "o'brien@example.ie")]
    [InlineData("jörg@müller.de schrieb", "jörg@müller.de")]
    [InlineData("用户@例子.测试", "用户@例子.测试")]
    [InlineData("邮箱是 用户@例子.公司请联系", "用户@例子.公司")]
    [InlineData("邮箱是 用户@例子。中国", "用户@例子。中国")]
    [InlineData("x@xn--mller-kva.xn--p1ai", "x@xn--mller-kva.xn--p1ai")]
    [InlineData("first_last@sub-domain.example.museum", "first_last@sub-domain.example.museum")]
    [InlineData("12345@qq.com", "12345@qq.com")]
    [InlineData("me@163.com", "me@163.com")]
    [InlineData("BOB@EXAMPLE.COM", "BOB@EXAMPLE.COM")]
    [InlineData("email=bob@example.com&x=1", "bob@example.com")]
    [InlineData("*bob@example.com*", "bob@example.com")]
    [InlineData("bob@\u200Bexample.com", "bob@\u200Bexample.com")]
    [InlineData("b\u00ADob@exam\u2060ple.com", "b\u00ADob@exam\u2060ple.com")]
    [InlineData("ｂob＠example．com", "ｂob＠example．com")]
    [InlineData("bob\uFE6Bexample.com", "bob\uFE6Bexample.com")]
    public void Found(string text, string expected) => Modules.Default.Find(text).ShouldBe([$"EMAIL={expected}"]);

    [Theory]
    [InlineData("@media screen and (color)")]
    [InlineData("alice@localhost")]
    [InlineData("npm i left-pad@1.3.0")]
    [InlineData("react@18.0.0-rc.alpha")]
    [InlineData("a @ b.com")]
    [InlineData("meet @ 10am")]
    [InlineData("foo@")]
    [InlineData("foo@bar.")]
    [InlineData("foo@.com")]
    [InlineData("50 @ $3.50")]
    public void Not_found(string text) => Modules.Default.Find(text).ShouldBeEmpty();

    [Theory]
    [InlineData("密码是 Dragon@2025。请尽快处理。", "PASSWORD=Dragon@2025")]
    [InlineData("パスワードは Sakura@7788。変更してください。", "PASSWORD=Sakura@7788")]
    public void A_full_stop_and_the_next_sentence_are_no_domain(string text, string expected) => Modules.Default.Find(text).ShouldBe([expected]);

    // A word for whoever reads, at a name that is set aside for documentation.
    [Theory]
    [InlineData("you@example.org")]
    [InlineData("first.last@example.net")]
    [InlineData("name@mail.example")]
    [InlineData("admin@your-domain.com")]
    public void A_placeholder_is_none(string text) => Modules.Default.Find($"write to {text}, please").ShouldBeEmpty();

    /// <summary>A password and the host it opens are nobody's address.</summary>
    [Theory]
    [InlineData("DATABASE_URL=postgres://app:s3cretPw9@db.internal:5432/shop")]
    [InlineData("REDIS_URL=redis://:p4ssW0rdzz@cache.internal:6379/0")]
    [InlineData("amqp://shop:fL0wer!Pot-77@mq.shop.example/v")]
    [InlineData("postgres://app:changeme@db.internal/shop")]
    public void A_password_before_its_host_is_none(string text) => Modules.Default.Inspect(text).Metadata.Types.ShouldNotContain(EntityTypes.Email);

    [Theory]
    [InlineData("https://alice@example.com/a", "alice@example.com")]
    [InlineData("see https://example.com/?to:alice@example.com", "alice@example.com")]
    [InlineData("see https://example.com:443 alice@example.com", "alice@example.com")]
    [InlineData("smtp://alice:alice@example.com", "alice@example.com")]
    [InlineData("mail:alice@example.com", "alice@example.com")]
    [InlineData("mongodb://alice@example.com:s3cretPw9@db.internal/shop", "alice@example.com")]
    public void An_address_in_a_link_is_one(string text, string address)
    {
        var result = Modules.Default.Inspect(text);
        result.Metadata.Types.ShouldContain(EntityTypes.Email, address);
        result.Metadata.Labels.ShouldContain(l => l.Name == "pii");
    }

    [Theory]
    [InlineData("DATABASE_URL=postgres://app:s3cretPw9@db.internal:5432/shop")]
    [InlineData("Server=db.internal;Database=shop;User Id=app;Password=s3cretPw9x;")]
    public void A_connection_is_a_credential_alone(string text) => Modules.Shipped.Inspect(text).Metadata.Labels.Select(l => l.Name).ShouldBe(["credentials"]);

    [Theory]
    [InlineData("user@corp.io")]
    [InlineData("alice@example.com")]
    [InlineData("user@example.com")]
    [InlineData("mail7@example.com")]
    [InlineData("name2@example.org")]
    [InlineData("name@gmail.com")]
    public void A_word_or_a_domain_alone_makes_no_placeholder(string text) => Modules.Default.Find($"write to {text}, please").ShouldBe([$"EMAIL={text}"]);
}
