using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace GatewayStack.AppHost.Dashboard;

/// <summary>Links and commands of the dashboard. All of them go through the front door, as anybody else would.</summary>
internal static class ResourceCommands
{
    private const string Doctor = "alice";
    private const string Operator = "oscar";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The demo: a token, and the audit of the last minutes as the auditor reads it.</summary>
    public static IResourceBuilder<ProjectResource> WithDemoCommands(this IResourceBuilder<ProjectResource> demo, FrontDoor frontDoor) => demo
        .WithUrl(frontDoor.Url + "/demo/audit", "audit of the last minutes")
        .WithCommand(
            "demo-token",
            "Get a demo token",
            context => AskAsync(async (http, cancellationToken) =>
                CommandResults.Success($"A token for {Doctor}, good for ten minutes.", await TokenAsync(http, frontDoor, Doctor, cancellationToken), CommandResultFormat.Text), context),
            new CommandOptions { Description = $"An access token for {Doctor}, a doctor.", IconName = "Key", IsHighlighted = true });

    /// <summary>Limits and Audit: their consumer of events, paused and resumed. On nothing else.</summary>
    public static IResourceBuilder<ProjectResource> WithConsumerCommands(this IResourceBuilder<ProjectResource> service, string name, FrontDoor frontDoor)
    {
        if (name is not (Resources.Limits or Resources.Audit))
        {
            return service;
        }

        return service
            .WithCommand(
                "pause-consumer", "Pause the consumer", context => SwitchAsync(name, frontDoor, paused: true, context),
                new CommandOptions { Description = "Events wait in Kafka until it goes on; answers are not held up.", IconName = "Pause" })
            .WithCommand(
                "resume-consumer", "Resume the consumer", context => SwitchAsync(name, frontDoor, paused: false, context),
                new CommandOptions { Description = "Takes up the events that waited.", IconName = "Play" });
    }

    private static Task<ExecuteCommandResult> SwitchAsync(string name, FrontDoor frontDoor, bool paused, ExecuteCommandContext context) => AskAsync(
        async (http, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{frontDoor.ManagementUrl}/admin/{name}/consumer")
            {
                Content = JsonContent.Create(new { paused, reason = "asked for in the dashboard" }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(http, frontDoor, Operator, cancellationToken));
            using var response = await http.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? CommandResults.Success()
                : CommandResults.Failure($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        },
        context);

    private static async Task<string> TokenAsync(HttpClient http, FrontDoor frontDoor, string user, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, frontDoor.Url + "/demo/token") { Content = JsonContent.Create(new { user }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    private static async Task<ExecuteCommandResult> AskAsync(Func<HttpClient, CancellationToken, Task<ExecuteCommandResult>> ask, ExecuteCommandContext context)
    {
        using var http = new HttpClient { Timeout = Limit };
        try
        {
            return await ask(http, context.CancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return CommandResults.Failure("The front door does not answer: " + e.Message);
        }
    }
}
