using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Demo.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Demo.Tests.Configuration;

/// <summary>The demo's labels, made by the content module itself from the demo's settings.</summary>
public sealed class DemoLabelsTests
{
    [Theory]
    [InlineData("Summarise our revenue forecast for the board", "financial")]
    [InlineData("What does this balance sheet say about EBITDA?", "financial")]
    [InlineData("This is CONFIDENTIAL, do not share", "sensitive")]
    [InlineData("List the salaries of my team", "sensitive")]
    [InlineData("Is aspirin safe after surgery?", null)]
    [InlineData("Write a poem about a salamander", null)]
    public async Task Texts_are_labelled(string text, string? label)
    {
        using var host = Build();
        host.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).ShouldBeEmpty();
        var segment = new ContentSegment { Id = 0, Pointer = "/messages/0/content", Part = "content", MediaType = "text/plain", Origin = SegmentOrigin.User, Editable = true, Text = text };
        var result = await host.Services.GetRequiredService<ITransformModule>().InspectAsync(
            new InspectionRequest { RequestId = "r1", Tenant = "acme", Segments = [segment] }, TestContext.Current.CancellationToken);
        // The demo's own labels; the models have more to say, and may find money in what the demo calls sensitive.
        var labels = result.Metadata.Labels.Select(l => l.Name).Where(l => l == "sensitive" || (l == "financial" && label != "sensitive"));
        labels.ShouldBe(label is null ? [] : [label]);
    }

    private static IHost Build()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(DemoConfiguration.Create(
            new DemoSettings { DemoServerAddress = new Uri("http://127.0.0.1:1"), Issuer = "http://127.0.0.1:1/demo/", UseOpenAI = false }));
        builder.AddTransformModule();
        return builder.Build();
    }
}
