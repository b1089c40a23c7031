using System.Globalization;
using FsCheck.Xunit;

namespace GatewayStack.Limits.Tests;

/// <summary>A property that a campaign can run more often: <c>GATEWAYSTACK_CAMPAIGN=100000</c> sets the number of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
#pragma warning disable xUnit3003 // FsCheck's attribute, which this one extends, has no such constructor to pass the source on to.
public sealed class CampaignPropertyAttribute : PropertyAttribute
#pragma warning restore xUnit3003
{
    /// <param name="everyday">Cases where no campaign is run.</param>
    public CampaignPropertyAttribute(int everyday = 100) =>
        MaxTest = int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), NumberStyles.None, CultureInfo.InvariantCulture, out var cases) ? cases : everyday;
}
