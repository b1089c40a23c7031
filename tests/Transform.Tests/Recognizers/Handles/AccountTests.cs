using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Handles;

public sealed class AccountTests
{
    [Theory]
    [InlineData("login tmbuli, first password to follow", "tmbuli")]
    [InlineData("Utente lcatt1971, parola chiave a parte", "lcatt1971")]
    [InlineData("Konto tk-service, Losung folgt", "tk-service")]
    [InlineData("Handle on the trade forum: fitz_on_freight.", "fitz_on_freight")]
    [InlineData("Jump through the box as opsjump.", "opsjump")]
    [InlineData("Logga in på servern som driftkonto med lösenordet", "driftkonto")]
    [InlineData("Entri con o.zanetti e la parola d'ordine", "o.zanetti")]
    [InlineData("{\"event\":\"follow\",\"actor\":\"marisol_k\"}", "marisol_k")]
    [InlineData("{\"nick\": \"moth_orchid\", \"msg\": \"hi\"}", "moth_orchid")]
    [InlineData("Found by support_fern, who called", "support_fern")]
    [InlineData("useradd -m -s /bin/bash ylemoigne", "ylemoigne")]
    [InlineData("smbpasswd -a ylemoigne    # idem", "ylemoigne")]
    [InlineData("machine git.tidemill.example\n  login dashgrove\n  password x", "dashgrove")]
    [InlineData("Kullanıcı adı: gulsen.a, parola: Nazar-77_x", "gulsen.a")]
    [InlineData("Логин: i.petrov, пароль: Berezka-77", "i.petrov")]
    public void The_name_of_an_account(string text, string name) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username).ShouldBe([$"USERNAME={name}"]);

    [Theory]
    [InlineData("the user can log in as usual, or sign in with Google")]
    [InlineData("account number, account manager, user story, login page, session timeout")]
    [InlineData("la cuenta de la papelería: usuario y contraseña en la nevera")]
    [InlineData("utente: salve, non ricordo il PIN\noperatore: buongiorno")]
    [InlineData("connect with oauth2 and tls1.3 as described in chapter 4")]
    [InlineData("running as a service; log in as administrator with care")]
    [InlineData("machine learning login page password reset")]
    [InlineData("the command useradd is missing; usermod --help; useradd -r nginx")]
    [InlineData("docker login registry.internal --username ci --password-stdin")]
    [InlineData("owner: platform team, author: unknown, session: 30min")]
    public void Words_about_accounts_are_none(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username).ShouldBeEmpty();
}
