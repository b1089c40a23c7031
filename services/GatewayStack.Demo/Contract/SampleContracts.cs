using System.Collections.Frozen;

namespace GatewayStack.Demo.Contract;

/// <summary>What the demo's people have to send. Nobody in them exists.</summary>
internal static class SampleContracts
{
    private static readonly FrozenDictionary<string, string> ByUser = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["alice"] = "The clinic engages Marta Kowalska as visiting cardiologist from March. Dr. Henrik Olsen signs for the clinic. Questions go to marta.kowalska@example.org.",
        ["frank"] = "Loan agreement. Quarterly results and EBITDA stand in the annex. Interest is paid from account DE89 3704 0044 0532 0130 00. Henrik Olsen signs for the lender.",
        ["carol"] = "Confidential. The salary of Henrik Olsen rises with the merger.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Users => ByUser.Keys.Order(StringComparer.Ordinal);

    public static string? Of(string user) => ByUser.GetValueOrDefault(user);
}
