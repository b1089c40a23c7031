using FsCheck;
using FsCheck.Fluent;

namespace GatewayStack.Policy.Tests.Model;

/// <summary>Runs a property from a seed that is fixed and printed, so that a failure is found again.</summary>
internal static class Seeded
{
    private const ulong Seed = 20261125;
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Cases of a whole campaign (GATEWAYSTACK_CAMPAIGN), or the everyday number.</summary>
    public static int Cases(int everyday) => int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var campaign) ? campaign : everyday;

    public static void Check<T>(Gen<T> gen, int cases, Action<T> property)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{cases} cases from seed {Seed}");
        Prop.ForAll(gen.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(new Replay(new Rnd(Seed, Gamma), Microsoft.FSharp.Core.FSharpOption<int>.None)));
    }
}
