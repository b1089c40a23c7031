using System.Collections.Immutable;

namespace GatewayStack.Identity.Claims;

/// <summary>The pointers at which one member of an identity is looked for.</summary>
/// <param name="Pointers">In order.</param>
/// <param name="Explicit">True when the operator named the pointer: then a value of the wrong type refuses the token.</param>
internal sealed record PointerSet(ImmutableArray<JsonPointer> Pointers, bool Explicit)
{
    public static PointerSet Of(string? configured, params ReadOnlySpan<string> defaults)
    {
        if (configured is not null)
        {
            return new PointerSet([JsonPointer.Parse(configured)], Explicit: true);
        }

        var pointers = ImmutableArray.CreateBuilder<JsonPointer>(defaults.Length);
        foreach (var pointer in defaults)
        {
            pointers.Add(JsonPointer.Parse(pointer));
        }

        return new PointerSet(pointers.ToImmutable(), Explicit: false);
    }
}
