using Confluent.Kafka;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events.Kafka.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Kafka;

/// <summary>How to reach the brokers; and whether they are reached, told once when it changes.</summary>
internal sealed class KafkaConnection(IConfiguration configuration, KafkaOptions options, ILogger<KafkaConnection> logger)
{
    /// <summary>Name of the transport.</summary>
    public const string Name = "kafka";

    /// <summary>The setting that names the brokers.</summary>
    public const string Setting = "ConnectionStrings:kafka";

    private int _away;

    public string Servers { get; } = configuration[Setting] ?? string.Empty;

    public static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Setting]);

    public static bool UsesTls(IConfiguration configuration) => bool.TryParse(configuration["Service:Tls:Enabled"], out var enabled) && enabled;

    public static SaslMechanism? MechanismOf(string name) => name.ToUpperInvariant() switch
    {
        "PLAIN" => SaslMechanism.Plain,
        "SCRAM-SHA-256" => SaslMechanism.ScramSha256,
        "SCRAM-SHA-512" => SaslMechanism.ScramSha512,
        _ => null,
    };

    /// <summary>Adds what every client needs.</summary>
    public T Configure<T>(T config)
        where T : ClientConfig
    {
        var tls = UsesTls(configuration);
        var user = !string.IsNullOrEmpty(options.Username);
        config.BootstrapServers = Servers;
        config.ClientId = "gatewaystack";
        config.SocketKeepaliveEnable = true;
        config.LogConnectionClose = false;
        config.AllowAutoCreateTopics = false;

        // A broker that hangs must not hold up another one, nor a stop, for the minute that is the default.
        config.SocketTimeoutMs ??= 10_000;

        // Ten seconds, the default, is too long to stay away from a broker that is back.
        config.ReconnectBackoffMaxMs = 2_000;
        config.SecurityProtocol = (tls, user) switch
        {
            (true, true) => SecurityProtocol.SaslSsl,
            (true, false) => SecurityProtocol.Ssl,
            (false, true) => SecurityProtocol.SaslPlaintext,
            _ => SecurityProtocol.Plaintext,
        };
        if (tls && configuration["Service:Tls:Authority"] is { Length: > 0 } authority)
        {
            config.SslCaLocation = authority;
        }

        if (user)
        {
            _ = SecretReference.TryResolve(options.Password!, out var password);
            config.SaslMechanism = MechanismOf(options.SaslMechanism);
            config.SaslUsername = options.Username;
            config.SaslPassword = password;
        }

        return config;
    }

    /// <summary>The client's own log: every attempt to reconnect, of interest only when something is wrong.</summary>
    public void Log(LogMessage message) => logger.ClientLog(message.Facility, message.Message);

    /// <summary>Takes note of what a client could not do.</summary>
    public void Report(Error error)
    {
        if (error.IsFatal)
        {
            logger.ClientFailed(error.Reason);
        }
        else if (error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Ssl or ErrorCode.Local_Authentication)
        {
            Lost(error.Reason);
        }
        else
        {
            logger.ClientLog(error.Code.ToString(), error.Reason);
        }
    }

    public void Lost(string reason)
    {
        if (Interlocked.Exchange(ref _away, 1) == 0)
        {
            logger.BrokersAway(Servers, reason);
        }
    }

    public void Works()
    {
        if (Volatile.Read(ref _away) == 1 && Interlocked.Exchange(ref _away, 0) == 1)
        {
            logger.BrokersBack(Servers);
        }
    }
}
