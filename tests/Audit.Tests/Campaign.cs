using System.Globalization;

namespace GatewayStack.Audit.Tests;

/// <summary>A few rounds every day; <c>GATEWAYSTACK_CAMPAIGN</c> sets another number.</summary>
internal static class Campaign
{
    public static int Rounds(int everyDay) =>
        int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : everyDay;
}
