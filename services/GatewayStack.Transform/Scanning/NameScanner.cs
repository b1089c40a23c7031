using System.Collections.Frozen;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Names;
using GatewayStack.Transform.Names.Verification;
using GatewayStack.Transform.Recognizers;
using Microsoft.Extensions.ObjectPool;

namespace GatewayStack.Transform.Scanning;

/// <summary>The learned tagger beside the rows: persons, places and organisations, unit by unit.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class NameScanner(NameTagger tagger)
{
    private static readonly FrozenDictionary<string, Recognizer> Rows = new[] { EntityTypes.Person, EntityTypes.Location, EntityTypes.Organization }
        .ToFrozenDictionary(t => t, t => new Recognizer { Name = "name-" + t.ToLowerInvariant(), Type = t, Gate = Gate.Line, Score = NameTagger.Threshold }, StringComparer.Ordinal);

    private readonly ObjectPool<List<NameSpan>> _lists = new DefaultObjectPool<List<NameSpan>>(new ListPolicy());

    /// <summary>The types that are found.</summary>
    public static IEnumerable<string> Types => Rows.Keys;

    /// <summary>True for what the tagger found, false for what a row of the table did.</summary>
    public static bool Owns(Recognizer row) => ReferenceEquals(Rows.GetValueOrDefault(row.Type), row);

    /// <summary>Finds the names of a whole text.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="found">Made when the first name is found, and added to.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    public void Scan(ReadOnlySpan<char> text, ref List<Candidate>? found, CancellationToken cancellationToken)
    {
        var names = _lists.Get();
        try
        {
            tagger.Tag(text, names, cancellationToken);
            Add(text, names, ref found);
        }
        finally
        {
            _lists.Return(names);
        }
    }

    /// <summary>Goes on as far as a text that comes in pieces allows.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="final">True when nothing follows.</param>
    /// <param name="known">What is known of the text; added to.</param>
    /// <param name="nextUnit">Where the next unit begins; moved on.</param>
    /// <param name="found">Made when the first name is found, and added to.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    public void Advance(ReadOnlySpan<char> text, bool final, TextKnowledge known, ref int nextUnit, ref List<Candidate>? found, CancellationToken cancellationToken)
    {
        var names = _lists.Get();
        try
        {
            tagger.Advance(text, final, known, ref nextUnit, names, cancellationToken);
            Add(text, names, ref found);
        }
        finally
        {
            _lists.Return(names);
        }
    }

    private static void Add(ReadOnlySpan<char> text, List<NameSpan> names, ref List<Candidate>? found)
    {
        foreach (var name in names)
        {
            if (name.Type == EntityTypes.Person && (LanguageWords.Are(text, name.Start) || FieldWords.Are(text, name.Start, name.End)))
            {
                continue;
            }

            (found ??= []).Add(new Candidate(name.Start, name.End, Rows[name.Type], name.Score));
        }
    }

    private sealed class ListPolicy : PooledObjectPolicy<List<NameSpan>>
    {
        public override List<NameSpan> Create() => [];

        public override bool Return(List<NameSpan> obj)
        {
            obj.Clear();
            return obj.Capacity <= 1024;
        }
    }
}
