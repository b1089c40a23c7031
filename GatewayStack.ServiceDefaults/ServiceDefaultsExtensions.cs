using GatewayStack.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every host of GatewayStack shares: telemetry and logging, health, and how it stops.</summary>
public static class ServiceDefaultsExtensions
{
    private const string CaptureContent = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(30);

    /// <summary>Adds traces, metrics and logs, exported where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says and nowhere without it; and a stop that
    /// turns readiness red first and then lets what was accepted end, for at most 30 seconds.</summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Aspire switches it on in development. Content reaches telemetry only where a tenant said so.
        Environment.SetEnvironmentVariable(CaptureContent, "false");

        // One line a request in the framework's own words is noise, and its URL may name a record.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        // What is red is told by whoever asks; once a second is too often to write it down.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        // Its messages quote exceptions, and those may quote content: the module's own log says what failed.
        builder.Logging.AddFilter("Grpc.AspNetCore.Server", LogLevel.Critical);

        // Why a start failed is told once, in one line or by the runtime; a background service that fails is still told (critical).
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = Drain);
        builder.Services.AddHealthChecks().AddCheck<StoppingCheck>("stopping", tags: ["ready"]);
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return builder;
        }

        // A caller's baggage is content: it goes no further than here.
        Sdk.SetDefaultTextMapPropagator(new OpenTelemetry.Context.Propagation.TraceContextPropagator());
        builder.Logging.AddOpenTelemetry(options => options.IncludeFormattedMessage = true);
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("GatewayStack.*").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .SetSampler(RequestsOnly.From(builder.Configuration["OTEL_TRACES_SAMPLER"], builder.Configuration["OTEL_TRACES_SAMPLER_ARG"]))
                .AddSource("GatewayStack.*", "Grpc.Net.Client", "Npgsql")
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = http => http.Request.Path != "/health" && http.Request.Path != "/alive"
                        && !http.Request.Path.StartsWithSegments("/grpc.health.v1.Health", StringComparison.Ordinal);
                    // The template, never the path: a path may name a record.
                    options.EnrichWithHttpResponse = (activity, response) =>
                        activity.SetTag("url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "/");
                })
                .AddHttpClientInstrumentation(options => options.EnrichWithHttpRequestMessage = (activity, request) => activity.SetTag("url.full", request.RequestUri?.GetLeftPart(UriPartial.Authority))))
            .UseOtlpExporter();
        return builder;
    }
}
