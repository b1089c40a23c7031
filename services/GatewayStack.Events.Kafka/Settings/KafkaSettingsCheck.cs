using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Events.Kafka.Settings;

internal sealed class KafkaSettingsCheck(IConfiguration configuration) : ISettingsCheck
{
    // Kafka's own bound is 249 for the whole name.
    private const int LongestPrefix = 200;
    private const int MostPartitions = 1_000;
    private const int LongestRetention = 87_600;

    public ImmutableArray<SettingsError> Check()
    {
        var section = configuration.GetSection(KafkaOptions.Section);
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null).Select(p => p.Key);
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        errors.AddRange(SettingsShape.FindUnknown(typeof(KafkaOptions), KafkaOptions.Section, keys));

        KafkaOptions options;
        try
        {
            options = section.Get<KafkaOptions>() ?? new KafkaOptions();
        }
        catch (InvalidOperationException e)
        {
            errors.Add(new SettingsError(KafkaOptions.Section, e.Message, "give partitions, hours, copies and seconds as whole numbers"));
            return errors.ToImmutable();
        }

        CheckBrokers(errors);
        CheckTopics(errors, options);
        CheckUser(errors, options);
        return errors.ToImmutable();
    }

    private void CheckBrokers(ImmutableArray<SettingsError>.Builder errors)
    {
        if (configuration[KafkaConnection.Setting] is not { Length: > 0 } servers)
        {
            return;
        }

        foreach (var server in servers.Split(','))
        {
            var colon = server.LastIndexOf(':');
            if (colon < 1 || !ushort.TryParse(server.AsSpan(colon + 1), out var port) || port == 0 || server.Contains("://", StringComparison.Ordinal))
            {
                errors.Add(new SettingsError(KafkaConnection.Setting, "is not a list of brokers", "write host:port, several with commas, without a scheme"));
                return;
            }
        }
    }

    private static void CheckTopics(ImmutableArray<SettingsError>.Builder errors, KafkaOptions options)
    {
        if (options.TopicPrefix.Length is 0 or > LongestPrefix || options.TopicPrefix.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')))
        {
            errors.Add(Error(nameof(options.TopicPrefix), "cannot begin the name of a topic", "use letters a-z, digits, dots and hyphens, at most 200"));
        }

        Range(errors, nameof(options.UsagePartitions), options.UsagePartitions, 1, MostPartitions);
        Range(errors, nameof(options.AuditPartitions), options.AuditPartitions, 1, MostPartitions);
        Range(errors, nameof(options.RetentionHours), options.RetentionHours, 1, LongestRetention);
        Range(errors, nameof(options.ReplicationFactor), options.ReplicationFactor, 0, 100);
        Range(errors, nameof(options.SessionSeconds), options.SessionSeconds, 6, 300);
    }

    private void CheckUser(ImmutableArray<SettingsError>.Builder errors, KafkaOptions options)
    {
        if (KafkaConnection.MechanismOf(options.SaslMechanism) is not { } mechanism)
        {
            errors.Add(Error(nameof(options.SaslMechanism), "is not known", "use PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512"));
        }
        else if (mechanism == Confluent.Kafka.SaslMechanism.Plain && !string.IsNullOrEmpty(options.Username) && !KafkaConnection.UsesTls(configuration))
        {
            errors.Add(Error(nameof(options.SaslMechanism), "would send the password in the clear", "set Service:Tls:Enabled, or use SCRAM-SHA-512"));
        }

        if (string.IsNullOrEmpty(options.Username) != string.IsNullOrEmpty(options.Password))
        {
            errors.Add(Error(nameof(options.Password), "and Events:Kafka:Username belong together", "set both, or neither"));
        }
        else if (options.Password is { Length: > 0 } password && SecretReference.TryResolve(password, out _) is { } problem)
        {
            errors.Add(Error(nameof(options.Password), $"cannot be read: {problem}", "set it to the password, env:NAME or file:PATH"));
        }
    }

    private static void Range(ImmutableArray<SettingsError>.Builder errors, string key, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            errors.Add(Error(key, $"is not between {least} and {most}", "give it as a whole number"));
        }
    }

    private static SettingsError Error(string key, string problem, string remedy) => new($"{KafkaOptions.Section}:{key}", problem, remedy);
}
