using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Splits a name such as <c>dbPassword_old</c> into its parts.</summary>
internal ref struct NameParts(ReadOnlySpan<char> name)
{
    private ReadOnlySpan<char> _rest = name;

    /// <summary>The part that <see cref="MoveNext"/> has come to.</summary>
    public ReadOnlySpan<char> Current { get; private set; } = default;

    /// <summary>True when one of the parts is in the set.</summary>
    public static bool HasAny(ReadOnlySpan<char> name, FrozenSet<string> set)
    {
        var lookup = set.GetAlternateLookup<ReadOnlySpan<char>>();
        var parts = new NameParts(name);
        while (parts.MoveNext())
        {
            if (lookup.Contains(parts.Current))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes to the next part.</summary>
    public bool MoveNext()
    {
        var start = 0;
        while (start < _rest.Length && !char.IsLetterOrDigit(_rest[start]))
        {
            start++;
        }

        if (start == _rest.Length)
        {
            return false;
        }

        var end = start + 1;
        while (end < _rest.Length && char.IsLetterOrDigit(_rest[end]) && !IsBorder(_rest, end))
        {
            end++;
        }

        Current = _rest[start..end];
        _rest = _rest[end..];
        return true;
    }

    /// <summary>A capital behind a small letter, or the last of several capitals before a small letter.</summary>
    private static bool IsBorder(ReadOnlySpan<char> name, int at) =>
        char.IsUpper(name[at])
        && (!char.IsUpper(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
}
