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

    // A word for whoever reads, at a name that is set aside for documentation.
    [Theory]
    [InlineData("you@example.org")]
    [InlineData("first.last@example.net")]
    [InlineData("name@mail.example")]
    [InlineData("admin@your-domain.com")]
    public void A_placeholder_is_none(string text) => Modules.Default.Find($"write to {text}, please").ShouldBeEmpty();

    [Theory]
    [InlineData("user@corp.io")]
    [InlineData("alice@example.com")]
    [InlineData("user@example.com")]
    [InlineData("mail7@example.com")]
    [InlineData("name2@example.org")]
    [InlineData("name@gmail.com")]
    public void A_word_or_a_domain_alone_makes_no_placeholder(string text) => Modules.Default.Find($"write to {text}, please").ShouldBe([$"EMAIL={text}"]);
}
