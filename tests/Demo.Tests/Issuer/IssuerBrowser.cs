using System.Net;
using System.Text.RegularExpressions;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>A browser without scripts: it keeps cookies, shows pages and sends their forms with the headers that browsers add.</summary>
internal sealed partial class IssuerBrowser(HttpClient http)
{
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Every Set-Cookie that came.</summary>
    public List<string> SetCookies { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens an address, and follows redirects that stay at the issuer.</summary>
    public Task<Shown> OpenAsync(string url) => FollowAsync(() => new HttpRequestMessage(HttpMethod.Get, url));

    /// <summary>Presses a button of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="button">Its button's name.</param>
    /// <param name="value">Its button's value.</param>
    /// <param name="scopes">What is ticked; null leaves all as it is.</param>
    /// <param name="change">Changes the request before it is sent.</param>
    public Task<Shown> PressAsync(Shown page, string button, string value, string[]? scopes = null, Action<Dictionary<string, List<string>>, HttpRequestMessage>? change = null)
    {
        var fields = page.Fields();
        if (scopes is not null)
        {
            fields["demo_grant"] = [.. scopes];
        }

        fields[button] = [value];
        return FollowAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, page.Action);
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Headers.Add("Origin", "null");
            change?.Invoke(fields, request);
            request.Content = new FormUrlEncodedContent(fields.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v))));
            return request;
        });
    }

    public Task<Shown> PickAsync(Shown page, string person) => PressAsync(page, "demo_person", person);

    public Task<Shown> AllowAsync(Shown page, params string[] scopes) => PressAsync(page, "demo_decision", "allow", scopes.Length == 0 ? null : scopes);

    /// <summary>The whole way: opens, picks, allows all.</summary>
    public async Task<Shown> SignInAsync(string url, string person)
    {
        var page = await OpenAsync(url);
        page = page.Has("demo_person") ? await PickAsync(page, person) : page;
        return page.Has("demo_decision") ? await AllowAsync(page) : page;
    }

    private async Task<Shown> FollowAsync(Func<HttpRequestMessage> first)
    {
        var request = first();
        for (var step = 0; step < 5; step++)
        {
            if (Cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
            }

            using var response = await http.SendAsync(request, Cancel);
            Keep(response);
            request.Dispose();
            var location = response.Headers.Location;
            if (location is null || !IsHere(location))
            {
                return new Shown(
                    response.StatusCode, location, await response.Content.ReadAsStringAsync(Cancel),
                    response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
            }

            request = new HttpRequestMessage(HttpMethod.Get, location);
        }

        throw new InvalidOperationException("Too many redirects.");
    }

    private bool IsHere(Uri location) => !location.IsAbsoluteUri || location.GetLeftPart(UriPartial.Authority) == http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    private void Keep(HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            SetCookies.Add(cookie);
            var pair = cookie.Split(';')[0].Split('=', 2);
            if (pair[1].Length == 0)
            {
                Cookies.Remove(pair[0]);
            }
            else
            {
                Cookies[pair[0]] = pair[1];
            }
        }
    }

    /// <summary>What the browser shows in the end: a page, or an address that is an application's.</summary>
    public sealed record Shown(HttpStatusCode Status, Uri? Location, string Html, Dictionary<string, string> Headers)
    {
        public string Action => WebUtility.HtmlDecode(FormAction().Match(Html).Groups["v"].Value);

        public bool Has(string field) => Html.Contains($"name=\"{field}\"", StringComparison.Ordinal);

        /// <summary>Fields that are sent without anybody touching them.</summary>
        public Dictionary<string, List<string>> Fields()
        {
            Dictionary<string, List<string>> fields = new(StringComparer.Ordinal);
            foreach (var input in Input().Matches(Html).Select(m => m.Value).Where(i => i.Contains("type=\"hidden\"", StringComparison.Ordinal) || i.Contains("checked", StringComparison.Ordinal)))
            {
                var name = WebUtility.HtmlDecode(Name().Match(input).Groups["v"].Value);
                (fields.TryGetValue(name, out var values) ? values : fields[name] = []).Add(WebUtility.HtmlDecode(Value().Match(input).Groups["v"].Value));
            }

            return fields;
        }
    }

    [GeneratedRegex("<form method=\"(post|get)\" action=\"(?<v>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormAction();

    [GeneratedRegex("<input [^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Input();

    [GeneratedRegex(" name=\"(?<v>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"(?<v>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
