using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Events.Settings;

internal sealed class EventsSettingsCheck(IConfiguration configuration) : ISettingsCheck
{
    private const int SmallestSegment = 256 * 1024;
    private const int LargestSegment = 1024 * 1024 * 1024;

    public ImmutableArray<SettingsError> Check()
    {
        var section = configuration.GetSection(EventsOptions.Section);

        // The section below it belongs to the transport, which checks it.
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null && !p.Key.StartsWith("Kafka:", StringComparison.OrdinalIgnoreCase)).Select(p => p.Key);
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        errors.AddRange(SettingsShape.FindUnknown(typeof(EventsOptions), EventsOptions.Section, keys));

        EventsOptions options;
        try
        {
            options = section.Get<EventsOptions>() ?? new EventsOptions();
        }
        catch (InvalidOperationException e)
        {
            errors.Add(new SettingsError(EventsOptions.Section, e.Message, "give SegmentBytes and MaxBytes as bytes and FlushInterval as hh:mm:ss.fff"));
            return errors.ToImmutable();
        }

        if (options.SegmentBytes is < SmallestSegment or > LargestSegment)
        {
            errors.Add(Error(nameof(options.SegmentBytes), "is not between 256 KiB and 1 GiB", "give it in bytes, such as 67108864"));
        }

        if (options.MaxBytes < 2L * options.SegmentBytes)
        {
            errors.Add(Error(nameof(options.MaxBytes), "is less than two segments", "raise it, or lower Events:SegmentBytes"));
        }

        if (options.FlushInterval < TimeSpan.FromMilliseconds(1) || options.FlushInterval > TimeSpan.FromSeconds(10))
        {
            errors.Add(Error(nameof(options.FlushInterval), "is not between 1 ms and 10 s", "give it as hh:mm:ss.fff, such as 00:00:00.050"));
        }

        return errors.ToImmutable();
    }

    private static SettingsError Error(string key, string problem, string remedy) => new($"{EventsOptions.Section}:{key}", problem, remedy);
}
