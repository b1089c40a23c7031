using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using Aspire.Hosting.Testing;

namespace GatewayStack.AppHost.Tests;

/// <summary>The whole stack as the AppHost starts it: processes, addresses and configuration fit together.</summary>
public sealed class StackTests
{
    // StartAsync comes back only when every wait in the model is over: never without a limit.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_doctor_is_answered_a_nurse_refused_and_the_calendar_is_the_persons_own()
    {
        var cancel = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("gatewaystack-apphost-");
        try
        {
            await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.GatewayStack_AppHost>(
                [$"--FrontDoorPort={FreePair()}", $"--Data:Path={data.FullName}"], cancel);
            await using var app = await builder.BuildAsync(cancel).WaitAsync(Limit, cancel);
            await app.StartAsync(cancel).WaitAsync(Limit, cancel);
            await app.ResourceNotifications.WaitForResourceHealthyAsync(Resources.Gateway, cancel).WaitAsync(Limit, cancel);
            using var http = app.CreateHttpClient(Resources.Gateway, Resources.Http);

            using var doctor = await AskAsync(http, "alice", cancel);
            doctor.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await doctor.Content.ReadAsStringAsync(cancel)).ShouldContain("gpt-4-medical at cloud");
            using var nurse = await AskAsync(http, "nora", cancel);
            nurse.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

            using var calendar = new HttpRequestMessage(HttpMethod.Get, "/backends/calendar/events");
            calendar.Headers.Authorization = await TokenAsync(http, "nora", cancel);
            using var events = await http.SendAsync(calendar, cancel);
            events.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await events.Content.ReadAsStringAsync(cancel)).ShouldContain("\"owner\":\"nora\"");
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, string user, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = JsonContent.Create(new { model = "gpt-4-medical", messages = new[] { new { role = "user", content = "Is aspirin safe after surgery?" } } }),
        };
        request.Headers.Authorization = await TokenAsync(http, user, cancellationToken);
        return await http.SendAsync(request, cancellationToken);
    }

    private static async Task<AuthenticationHeaderValue> TokenAsync(HttpClient http, string user, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/demo/token") { Content = JsonContent.Create(new { user }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        using var response = await http.SendAsync(request, cancellationToken);
        return new AuthenticationHeaderValue("Bearer", await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>A port that is free together with the one after it: the front door and its management address.</summary>
    private static int FreePair()
    {
        while (true)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            if (port == IPEndPoint.MaxPort)
            {
                continue;
            }

            using var second = new TcpListener(IPAddress.Loopback, port + 1);
            try
            {
                second.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another pair.
            }
        }
    }
}
