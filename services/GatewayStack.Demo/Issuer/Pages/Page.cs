using System.Reflection;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayStack.Demo.Issuer.Pages;

/// <summary>The frame of the issuer's pages: plain HTML, one style sheet, no script, and headers that let nobody build on it.</summary>
internal static class Page
{
    private const string StylePath = "/page.css";

    public static void MapStyle(IEndpointRouteBuilder demo) => demo.MapGet(StylePath, async context =>
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=3600";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await using var style = Assembly.GetExecutingAssembly().GetManifestResourceStream("page.css")!;
        await style.CopyToAsync(context.Response.Body, context.RequestAborted);
    });

    /// <summary>Writes a page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="title">What it is; stands in the title and as its heading.</param>
    /// <param name="content">What stands below the heading.</param>
    /// <param name="redirect">Where the page's form leads in the end, when it leads to an application.</param>
    public static async Task WriteAsync(HttpContext context, int status, string title, Html content, string? redirect = null)
    {
        var page = Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} · GatewayStack demo</title>
            <link rel="stylesheet" href="{DemoAddresses.PathBase}{StylePath}">
            </head>
            <body>
            <header><strong>GatewayStack</strong> demo sign-in</header>
            <main>
            <h1>{title}</h1>
            {content}
            </main>
            <footer>For development only: there are no passwords here, anybody on this computer may be anybody of the demo.</footer>
            </body>
            </html>

            """);
        Harden(context.Response, redirect);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(page.Markup, context.RequestAborted);
    }

    /// <summary>Headers of every answer that belongs to a sign-in.</summary>
    public static void Harden(HttpResponse response, string? redirect = null)
    {
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'self'; form-action 'self'{FormTarget(redirect)}; frame-ancestors 'none'; base-uri 'none'";
        response.Headers.XFrameOptions = "DENY";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
    }

    /// <summary>Browsers hold the redirect after a form to the form's policy: the application's address has to stand in it.</summary>
    private static string FormTarget(string? redirect)
    {
        if (redirect is null || !Uri.TryCreate(redirect, UriKind.Absolute, out var url))
        {
            return "";
        }

        // A policy can name no IPv6 address and no path of an application's own scheme.
        return url.Scheme is "http" or "https" && url.HostNameType != UriHostNameType.IPv6 ? $" {url.GetLeftPart(UriPartial.Authority)}" : $" {url.Scheme}:";
    }
}
