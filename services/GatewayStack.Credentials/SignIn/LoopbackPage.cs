using System.Text;

namespace GatewayStack.Credentials.SignIn;

/// <summary>What the browser shows in the end. Nothing of what it sent stands in it.</summary>
internal static class LoopbackPage
{
    public static ReadOnlyMemory<byte> Done { get; } = Page("200 OK", "You are signed in", "You may close this page and go back to the terminal.");

    public static ReadOnlyMemory<byte> Failed { get; } = Page("200 OK", "You are not signed in", "The terminal says why. You may close this page.");

    public static ReadOnlyMemory<byte> NotFound { get; } = Page("404 Not Found", "Nothing here", "This is not the answer that a sign-in waits for.");

    private static byte[] Page(string status, string title, string text)
    {
        var html = $$"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{title}}</title>
            <style>:root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}</style></head>
            <body><main><h1>{{title}}</h1><p>{{text}}</p></main></body>
            </html>

            """;
        var body = Encoding.UTF8.GetBytes(html);
        var head = $"""
            HTTP/1.1 {status}
            Content-Type: text/html; charset=utf-8
            Content-Length: {body.Length}
            Cache-Control: no-store
            Referrer-Policy: no-referrer
            Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'
            X-Content-Type-Options: nosniff
            Connection: close


            """;
        return [.. Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n")), .. body];
    }
}
