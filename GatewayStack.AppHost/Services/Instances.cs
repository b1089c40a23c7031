using System.Globalization;
using GatewayStack.AppHost.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Services;

/// <summary>How many instances of each service there are: <c>Instances:{service}</c>, 1 unless said.</summary>
internal static class Instances
{
    private const int Most = 9;

    private static readonly string[] Scalable = [Resources.Identity, Resources.Transform, Resources.Policy, Resources.Limits, Resources.Audit];

    /// <summary>Instances of a service, once <see cref="Check"/> has passed.</summary>
    public static int Of(IConfiguration configuration, string service) =>
        configuration["Instances:" + service] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;

    /// <summary>Judges all of them.</summary>
    /// <exception cref="StackRefusedException">A service that has no instances, a number that is none, or replicas that would each have data of their own.</exception>
    public static void Check(IConfiguration configuration, FormChoice choice)
    {
        foreach (var setting in configuration.GetSection("Instances").GetChildren())
        {
            if (!Scalable.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new StackRefusedException(setting.Key.Equals(Resources.Router, StringComparison.OrdinalIgnoreCase)
                    ? "Instances:router cannot be set: the front door is one address; elsewhere a load balancer stands in front of several."
                    : $"Instances:{setting.Key} names no service: use {string.Join(", ", Scalable)}.");
            }

            if (!int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > Most)
            {
                throw new StackRefusedException($"Instances:{setting.Key} '{setting.Value}' is no number of instances: use 1 to {Most}.");
            }

            if (number > 1 && choice.Form == InfrastructureForm.Embedded)
            {
                throw new StackRefusedException($"Instances:{setting.Key}={number} needs servers that the instances share: use --Infrastructure=containers or installed, or leave it at 1.");
            }
        }
    }
}
