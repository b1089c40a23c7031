using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Transform.Tests.Settings;

public sealed class TransformModuleTests
{
    [Fact]
    public void Nothing_needs_to_be_set()
    {
        using var host = Host([]);
        host.Services.GetRequiredService<ITransformModule>().Find("alice@example.com").ShouldBe(["EMAIL=alice@example.com"]);
        host.Services.GetRequiredService<ISettingsCheck>().Check().ShouldBeEmpty();
    }

    [Fact]
    public void Settings_are_read()
    {
        using var host = Host(new()
        {
            ["Transform:Mode"] = "observe",
            ["Transform:MaxChars"] = "30",
            ["Transform:Recognizers:0:Name"] = "financial",
            ["Transform:Recognizers:0:Words:0"] = "revenue",
            ["Transform:Recognizers:0:Label"] = "financial",
            ["Transform:Recognizers:1:Name"] = "mrn",
            ["Transform:Recognizers:1:Pattern"] = @"\bMRN-\d{6}\b",
            ["Transform:Recognizers:1:Context:0"] = "patient",
            ["Transform:Recognizers:1:Checksum"] = "none",
        });
        host.Services.GetRequiredService<ISettingsCheck>().Check().ShouldBeEmpty();
        host.Services.GetRequiredService<TransformOptions>().Mode.ShouldBe(ModuleMode.Observe);
        var module = host.Services.GetRequiredService<ITransformModule>();
        module.Inspect("the Revenue").Metadata.Labels.ShouldContain(l => l.Name == "financial" && l.Confidence > 0.99);
        module.Find("patient MRN-123456").ShouldBe(["MRN=MRN-123456"]);
        module.Inspect(new string('x', 31)).Status.ShouldBe(InspectionStatus.Refused);
    }

    [Fact]
    public void Every_error_is_named_at_once()
    {
        using var host = Host(new()
        {
            ["Transform:Mode"] = "sometimes",
            ["Transform:MaxChars"] = "many",
            ["Transform:Recognisers:0:Name"] = "x",
            ["Transform:Recognizers:0:Redact"] = "perhaps",
        });
        host.Services.GetRequiredService<ISettingsCheck>().Check().Select(e => e.Key)
            .ShouldBe(["Transform:Mode", "Transform:MaxChars", "Transform:Recognisers:0:Name",
                "Transform:Recognizers:0:Name", "Transform:Recognizers:0:Redact"], ignoreOrder: true);
    }

    [Fact]
    public void A_bad_recogniser_is_named()
    {
        using var host = Host(new() { ["Transform:Recognizers:0:Name"] = "x" });
        host.Services.GetRequiredService<ISettingsCheck>().Check().ShouldHaveSingleItem().Key.ShouldBe("Transform:Recognizers:0");
    }

    [Fact]
    public void Adding_twice_adds_once()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.AddTransformModule().AddTransformModule();
        builder.Services.Count(s => s.ServiceType == typeof(ISettingsCheck)).ShouldBe(1);
        builder.Services.Count(s => s.ServiceType == typeof(ITransformModule)).ShouldBe(1);
    }

    private static IHost Host(Dictionary<string, string?> settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging();
        builder.AddTransformModule();
        return builder.Build();
    }
}
