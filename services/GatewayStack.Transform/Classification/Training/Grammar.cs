using System.Text;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>
/// A file of slots and templates from which texts are made. <c>@name</c> begins a slot, the lines after it are its values, separated by <c> | </c>;
/// <c>&gt; name</c> begins a set of templates, one a line. <c>{slot}</c> stands for one of its values, <c>{a|b|}</c> for one of these; <c>\n</c> for a
/// line break; <c>#</c> begins a comment.
/// </summary>
internal sealed class Grammar
{
    private const int Deepest = 12;

    private readonly Dictionary<string, List<string>> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _sets = new(StringComparer.Ordinal);

    /// <summary>Reads files; a slot in a later one replaces one of the same name.</summary>
    public static Grammar Read(params ReadOnlySpan<string> paths)
    {
        var grammar = new Grammar();
        foreach (var path in paths)
        {
            grammar.Add(File.ReadAllLines(path), path);
        }

        return grammar;
    }

    /// <summary>The templates of a set; none when it does not exist.</summary>
    public IReadOnlyList<string> Templates(string set) => _sets.GetValueOrDefault(set) ?? [];

    /// <summary>The values of a slot.</summary>
    public IReadOnlyList<string> Values(string slot) => _slots[slot];

    /// <summary>Whether there is such a slot.</summary>
    public bool HasSlot(string slot) => _slots.ContainsKey(slot);

    /// <summary>Fills in a template.</summary>
    public string Expand(string template, Random random)
    {
        var text = new StringBuilder();
        Expand(template, random, text, 0);
        return text.ToString();
    }

    private void Expand(ReadOnlySpan<char> template, Random random, StringBuilder text, int depth)
    {
        if (depth > Deepest)
        {
            throw new InvalidDataException("slots that contain themselves");
        }

        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] == '\\' && i + 1 < template.Length)
            {
                i++;
                text.Append(template[i] == 'n' ? '\n' : template[i] == 't' ? '\t' : template[i]);
            }
            else if (template[i] == '{')
            {
                var end = EndOf(template, i);
                var inside = template[(i + 1)..end];
                if (Alternatives(inside) is { Count: > 1 } choices)
                {
                    Expand(choices[random.Next(choices.Count)], random, text, depth + 1);
                }
                else
                {
                    var values = _slots.GetValueOrDefault(inside.ToString()) ?? throw new InvalidDataException($"there is no slot {inside}");
                    Expand(values[random.Next(values.Count)], random, text, depth + 1);
                }

                i = end;
            }
            else
            {
                text.Append(template[i]);
            }
        }
    }

    private static int EndOf(ReadOnlySpan<char> template, int start)
    {
        var depth = 0;
        for (var i = start; i < template.Length; i++)
        {
            depth += template[i] == '{' ? 1 : template[i] == '}' ? -1 : 0;
            i += template[i] == '\\' ? 1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        throw new InvalidDataException($"a brace is not closed: {template}");
    }

    private static List<string> Alternatives(ReadOnlySpan<char> inside)
    {
        var parts = new List<string>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i < inside.Length; i++)
        {
            depth += inside[i] == '{' ? 1 : inside[i] == '}' ? -1 : 0;
            if (inside[i] == '|' && depth == 0)
            {
                parts.Add(inside[start..i].ToString());
                start = i + 1;
            }
        }

        parts.Add(inside[start..].ToString());
        return parts;
    }

    private void Add(string[] lines, string path)
    {
        List<string>? slot = null, set = null;
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (line[0] == '@')
            {
                _slots[line[1..].Trim()] = slot = [];
                set = null;
            }
            else if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                var name = line[2..].Trim();
                if (!_sets.TryGetValue(name, out set))
                {
                    _sets[name] = set = [];
                }

                slot = null;
            }
            else if (set is not null)
            {
                set.Add(line);
            }
            else if (slot is not null)
            {
                slot.AddRange(Alternatives(line).Select(v => v.Trim()).Where(v => v.Length > 0));
            }
            else
            {
                throw new InvalidDataException($"{path}: a line before the first slot or set");
            }
        }
    }
}
