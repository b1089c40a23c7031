namespace GatewayStack.Policy.Compilation;

/// <summary>Truth in three values, ordered so that "and" is the minimum and "or" the maximum (Kleene's strong logic).</summary>
internal enum Ternary
{
    False = 0,
    Error = 1,
    True = 2,
}

internal static class TernaryLogic
{
    public static Ternary And(Ternary left, Ternary right) => left < right ? left : right;

    public static Ternary Or(Ternary left, Ternary right) => left > right ? left : right;

    public static Ternary Not(Ternary value) => Ternary.True - (int)value;

    public static Ternary Of(bool value) => value ? Ternary.True : Ternary.False;
}
