using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Cli.Transform;

/// <summary>The content module in this process, with settings as the gateway reads them. Safe for concurrent use.</summary>
internal sealed class ContentModule : IAsyncDisposable
{
    // One request of a gateway has less: here a file is one text.
    private const string MostChars = "100000000";

    private readonly IHost _host;
    private readonly ITransformModule _module;

    private ContentModule(IHost host)
    {
        _host = host;
        _module = host.Services.GetRequiredService<ITransformModule>();
    }

    /// <summary>Opens the module.</summary>
    /// <param name="settings">A settings file; null for the defaults.</param>
    /// <exception cref="CommandException">The file cannot be read, or its settings have errors.</exception>
    public static ContentModule Open(string? settings)
    {
        var builder = Builder();
        builder.Configuration.AddInMemoryCollection([new("Transform:MaxChars", MostChars)]);
        if (settings is not null)
        {
            AddFile(builder, settings);
        }

        builder.AddTransformModule();
        var host = builder.Build();
        var errors = Check(host);
        return errors.IsEmpty
            ? new ContentModule(host)
            : throw new CommandException(ExitCodes.SettingsErrors, string.Join(Environment.NewLine, errors.Select(e => $"{e.Key}: {e.Problem}; {e.Remedy}")));
    }

    /// <summary>Opens the module with options that were checked before.</summary>
    public static ContentModule Open(TransformOptions options)
    {
        var builder = Builder();
        builder.Services.AddSingleton(options);
        builder.AddTransformModule();
        return new ContentModule(builder.Build());
    }

    /// <summary>The section <c>Transform</c> of a settings file, checked.</summary>
    /// <exception cref="CommandException">The file cannot be read, or its settings have errors.</exception>
    public static async Task<TransformOptions> ReadOptionsAsync(string settings)
    {
        await using var module = Open(settings);
        return module._host.Services.GetRequiredService<TransformOptions>();
    }

    /// <summary>What is in a text.</summary>
    /// <exception cref="CommandException">The text is refused.</exception>
    public InspectionResult Inspect(string text, TextSettings settings, CancellationToken cancellationToken)
    {
        var request = new InspectionRequest
        {
            RequestId = "cli",
            Tenant = "default",
            Segments =
            [
                new ContentSegment
                {
                    Id = 0, Pointer = string.Empty, Part = "content", MediaType = settings.MediaTypeOf(text), Origin = settings.Origin, Editable = true, Text = text,
                },
            ],
        };

        // The module answers in its caller's turn.
        var result = _module.InspectAsync(request, cancellationToken).GetAwaiter().GetResult();
        return result.Status == InspectionStatus.Inspected ? result : throw new CommandException(ExitCodes.BadInput, $"the text is refused: {result.Reason}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private static HostApplicationBuilder Builder() => Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });

    private static void AddFile(HostApplicationBuilder builder, string settings)
    {
        if (!File.Exists(settings))
        {
            throw new CommandException(ExitCodes.BadInput, $"{settings} does not exist: --settings takes the settings file of a gateway, such as appsettings.json.");
        }

        try
        {
            builder.Configuration.AddJsonFile(Path.GetFullPath(settings), optional: false, reloadOnChange: false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"{settings} cannot be read: {(e.InnerException ?? e).Message}");
        }
    }

    private static ImmutableArray<SettingsError> Check(IHost host) => [.. host.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check())];
}
