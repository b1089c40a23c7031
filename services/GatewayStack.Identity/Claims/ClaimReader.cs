using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.Identity.Claims;

/// <summary>Reads the texts of one token; the first that is unsafe, or has a wrong type where the operator named the claim, spoils it.</summary>
internal sealed class ClaimReader(JsonElement payload)
{
    /// <summary>Why the token is refused, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>The first of several claims that is there.</summary>
    public string? Identifier(PointerSet pointers, int limit = ClaimText.IdLimit) => First(pointers, value => ClaimText.IsIdentifier(value, limit));

    /// <summary>As <see cref="Identifier"/>, for a text that is only shown.</summary>
    public string? Label(PointerSet pointers) => First(pointers, value => ClaimText.IsLabel(value));

    /// <summary>Roles: the first claim that is there, as a string or an array of strings. A comma would make two roles of one in a header.</summary>
    public ImmutableArray<string> Roles(PointerSet pointers)
    {
        var roles = ImmutableArray.CreateBuilder<string>();
        foreach (var pointer in pointers.Pointers)
        {
            if (pointer.TryFind(payload, out var value))
            {
                AddAll(roles, value, split: false, pointers.Explicit, forbidden: ',');
                break;
            }
        }

        return roles.ToImmutable();
    }

    /// <summary>Scopes: of all claims that are there together, as a space-separated string or an array of strings.</summary>
    public ImmutableArray<string> Scopes(PointerSet pointers)
    {
        var scopes = ImmutableArray.CreateBuilder<string>();
        foreach (var pointer in pointers.Pointers)
        {
            if (pointer.TryFind(payload, out var value))
            {
                AddAll(scopes, value, split: true, pointers.Explicit, forbidden: ' ');
            }
        }

        return scopes.ToImmutable();
    }

    private string? First(PointerSet pointers, Func<string, bool> isSafe)
    {
        foreach (var pointer in pointers.Pointers)
        {
            if (!pointer.TryFind(payload, out var value))
            {
                continue;
            }

            if (value.ValueKind != JsonValueKind.String)
            {
                // A default pointer may meet a claim that means something else to this issuer.
                Problem ??= pointers.Explicit ? "claim_type" : null;
                continue;
            }

            var text = value.GetString()!;
            if (text.Length == 0)
            {
                continue;
            }

            Problem ??= isSafe(text) ? null : "claim_unsafe";
            return text;
        }

        return null;
    }

    private void AddAll(ImmutableArray<string>.Builder into, JsonElement value, bool split, bool isExplicit, char forbidden)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            foreach (var part in split ? value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [value.GetString()!])
            {
                Add(into, part, forbidden);
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.String)
                {
                    Problem ??= isExplicit ? "claim_type" : null;
                    continue;
                }

                Add(into, element.GetString()!, forbidden);
            }
        }
        else
        {
            Problem ??= isExplicit ? "claim_type" : null;
        }
    }

    private void Add(ImmutableArray<string>.Builder into, string text, char forbidden)
    {
        if (text.Length == 0 || into.Contains(text))
        {
            return;
        }

        if (into.Count == ClaimText.ListLimit)
        {
            Problem ??= "claim_too_long";
            return;
        }

        Problem ??= ClaimText.IsIdentifier(text) && !text.Contains(forbidden, StringComparison.Ordinal) ? null : "claim_unsafe";
        into.Add(text);
    }
}
