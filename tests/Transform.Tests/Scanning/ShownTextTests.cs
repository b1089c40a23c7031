namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>What a word announces is found over the tags of a page, as somebody who looks at it in a browser sees it.</summary>
public sealed class ShownTextTests
{
    [Theory]
    [InlineData("<p>Your password is <b>Kaesebrot!9</b></p>", "PASSWORD=Kaesebrot!9")]
    [InlineData("<p>Passwort: <b>K&auml;sebrot!9</b></p>", "PASSWORD=K&auml;sebrot!9")]
    [InlineData("<b>Password:</b> Kaesebrot!9<br>", "PASSWORD=Kaesebrot!9")]
    [InlineData("<STRONG>Password</STRONG>: Kaesebrot!9<BR/>", "PASSWORD=Kaesebrot!9")]
    [InlineData("<p>Your code is <b>448102</b>. Do not share it.</p>", "PASSWORD=448102")]
    [InlineData("<table><tr><td>Password</td><td>Kaesebrot!9</td></tr></table>", "PASSWORD=Kaesebrot!9")]
    [InlineData("<tr>\n  <td style=\"padding:4px 8px\">Password</td>\n  <td class=\"v\"><b>Kaesebrot!9</b></td>\n</tr>", "PASSWORD=Kaesebrot!9")]
    [InlineData("<tr><th>PIN</th><td>4471</td></tr>", "PASSWORD=4471")]
    [InlineData("<dl><dt>Password</dt><dd>Kaesebrot!9</dd></dl>", "PASSWORD=Kaesebrot!9")]
    [InlineData("<span>Passwort:</span><span>Kaesebrot!9</span>", "PASSWORD=Kaesebrot!9")]
    [InlineData("<p>Client secret: <code>q8Z~x1Lr-2vKq7TnBzWmYcD4hPfJ8sGaRuE1oQ</code></p>", "SECRET=q8Z~x1Lr-2vKq7TnBzWmYcD4hPfJ8sGaRuE1oQ")]
    [InlineData("<p>Password: <b>Kae&amp;R!97&amp;</b></p>", "PASSWORD=Kae&amp;R!97&amp;")]
    [InlineData("<tr><td>Account number</td><td>532013000</td></tr>", "BANK_ACCOUNT=532013000")]
    [InlineData("<table><tr><td><p>Password</p></td><td><p>Kaesebrot!9</p></td></tr></table>", "PASSWORD=Kaesebrot!9")]
    [InlineData("<table><tr><th>User</th><th>Password</th><th>Role</th></tr>\n<tr><td>hbrandt77</td><td>Kaesebrot!9</td><td>admin</td></tr></table>", "PASSWORD=Kaesebrot!9")]
    public void A_value_is_found_behind_its_word_over_tags(string text, string expected) => Modules.Shipped.Find(text).ShouldContain(expected);

    [Theory]
    [InlineData("<p>password policy: <b>at least 14 characters</b></p>")]
    [InlineData("<label for=\"pw\">Password</label> <input id=\"pw\" type=\"password\" placeholder=\"Enter your password\">")]
    [InlineData("<label>Password</label><span>required</span>")]
    [InlineData("<tr><td>Password</td><td>Expired</td></tr>")]
    [InlineData("<tr><td>Password</td><td></td><td>never</td></tr>")]
    [InlineData("<p>Forgot your password? <a href=\"/reset\">Reset it here</a>.</p>")]
    [InlineData("<p>Password: <b>changeme</b></p>")]
    [InlineData("<li>Passwords</li><li>Two-factor</li><li>Sessions</li>")]
    [InlineData("Password: <password>")]
    [InlineData("<p>a pointer such as <code>Pin&lt;&amp;mut <em>SomeType</em>&gt;</code></p>")]
    [InlineData("<p>the thread prints until <code>i</code> is <code>9</code>.</p>")]
    [InlineData("<p><!--! Free 6.2.0 by @fontawesome --><path d=\"M1 2\"/></p>")]
    [InlineData("<label>Password <span>{user.password}</span></label>")]
    [InlineData("<p>Your password: <b>{{password}}</b></p>")]
    [InlineData("<td>Password</td><td><%= user.password %></td>")]
    [InlineData("<tr><td><code>password</code></td><td>string</td><td>The password of the user</td></tr>")]
    [InlineData("<li><code>token</code>: <em>string</em>, required</li>")]
    [InlineData("var pin = List<b>(4471); if (password <b && c> limit) { }")]
    public void What_a_page_says_of_passwords_is_none(string text) => Modules.Shipped.Find(text).ShouldBeEmpty();

    [Fact]
    public void What_stands_inside_of_tags_is_found_as_before() => Modules.Shipped.Find("<p>Write <a href=\"mailto:jane@example.org\">to us</a></p>").ShouldContain("EMAIL=jane@example.org");

    [Fact]
    public void A_value_with_tags_inside_is_taken_out_with_them() =>
        Modules.Shipped.Find("<p>Password: Kaese<b>brot!</b>97</p>").ShouldContain("PASSWORD=Kaese<b>brot!</b>97");

    [Fact]
    public void Nothing_that_goes_over_the_end_of_a_line_or_cell_is_a_finding_of_the_page() =>
        Modules.Shipped.Find("<tr><td>4111 1111</td><td>1111 1111</td></tr>").ShouldBeEmpty();
}
