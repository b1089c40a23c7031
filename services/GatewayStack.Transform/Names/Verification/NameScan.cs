using GatewayStack.Transform.Names.Scripts;

namespace GatewayStack.Transform.Names.Verification;

/// <summary>
/// One text on its way through the tagger and the verifier: candidates are read unit by unit and wait, with their evidence, until they are judged by what is
/// known of the text. Not safe for concurrent use.
/// </summary>
internal sealed class NameScan
{
    /// <summary>So many candidates wait at most; then they are judged by what is known.</summary>
    public const int MostWaiting = 512;

    private const int MostWords = 4;

    /// <summary>What has so little in the first round, in sixteenths of log-odds, is not asked about again: most of what waits, for half of the time.</summary>
    private const int Hopeless = -64;

    private static readonly Comparer<NameSpan> ByStart = Comparer<NameSpan>.Create((a, b) => a.Start.CompareTo(b.Start));

    private readonly NameModel _model;
    private readonly NameReader _reader = new();
    private readonly EvidenceReader _evidence = new();
    private readonly TextKnowledge _own;
    private TextKnowledge _known;
    private readonly List<(NameFinding Name, int Offset)> _waiting = [];
    private readonly ScriptNames _scripts = new();
    private readonly List<NameSpan> _listed = [];
    private uint[] _words = new uint[16 * MostWords];
    private int[] _odds = new int[16];
    private int[] _sums = new int[16];
    private short[] _rows = new short[16 * EvidenceReader.Width];

    /// <summary>Makes one.</summary>
    public NameScan(NameModel model)
    {
        _model = model;
        _known = _own = new TextKnowledge();
    }

    /// <summary>Takes a candidate with its evidence.</summary>
    /// <param name="name">The candidate.</param>
    /// <param name="offset">Where its unit begins.</param>
    /// <param name="row">The evidence.</param>
    public delegate void Taker(NameFinding name, int offset, ReadOnlySpan<short> row);

    /// <summary>Begins a text, or goes on with one.</summary>
    /// <param name="known">What is known of the text; null for a new one.</param>
    public void Begin(TextKnowledge? known)
    {
        _waiting.Clear();
        _listed.Clear();
        _known = known ?? _own;
        if (known is null)
        {
            _own.Clear();
        }
    }

    /// <summary>Reads a unit of at most <see cref="NameUnits.MaxLength"/>.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="offset">Where it begins in the text.</param>
    /// <returns>True when enough candidates wait: they must be judged before more is read.</returns>
    public bool Read(ReadOnlySpan<char> unit, int offset)
    {
        _scripts.Read(unit, offset, _model.Lexicon, _listed);
        var names = _reader.Read(_model, unit);
        var tokens = _reader.Tokens;
        _evidence.Survey(tokens, unit, _model.Context);
        foreach (var name in names)
        {
            var at = _waiting.Count;
            if (_rows.Length < (at + 1) * EvidenceReader.Width)
            {
                Array.Resize(ref _rows, _rows.Length * 2);
                Array.Resize(ref _words, _words.Length * 2);
                Array.Resize(ref _odds, _odds.Length * 2);
                Array.Resize(ref _sums, _sums.Length * 2);
            }

            _evidence.Read(tokens, unit, name, names.Count, _model, _known, Row(at));
            tokens.WordsOf(name, Words(at));
            _waiting.Add((name, offset));
        }

        _evidence.Learn(tokens, names, _known);
        return _waiting.Count >= MostWaiting;
    }

    /// <summary>Completes the evidence of the first round for the candidates that wait, gives them away and lets them go.</summary>
    /// <param name="whole">True when the text has nothing more.</param>
    /// <param name="take">Receives them.</param>
    public void Give(bool whole, Taker take)
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            _known.Write(_waiting[i].Name, Words(i), whole, Row(i));
            take(_waiting[i].Name, _waiting[i].Offset, Row(i));
        }

        _waiting.Clear();
    }

    /// <summary>Judges the candidates that wait, by what is known of the text, and lets them go.</summary>
    /// <param name="whole">True when the text has nothing more.</param>
    /// <param name="found">Receives the names, in order.</param>
    public void Judge(bool whole, List<NameSpan> found)
    {
        var before = found.Count;
        found.AddRange(_listed);
        _listed.Clear();
        if (_waiting.Count == 0)
        {
            return;
        }

        for (var i = 0; i < _waiting.Count; i++)
        {
            _known.Write(_waiting[i].Name, Words(i), whole, Row(i));
            _odds[i] = TreeEnsemble.Odds(_model.FirstRound.Sum(Row(i)));
            _known.Learn(_odds[i]);
        }

        for (var i = 0; i < _waiting.Count; i++)
        {
            if (_odds[i] <= Hopeless)
            {
                _sums[i] = -1;
                continue;
            }

            _known.Write(_odds[i], Row(i));
            _sums[i] = _model.SecondRound.Sum(Row(i));
            _known.Strongest = Math.Max(_known.Strongest, _sums[i]);
        }

        if (_known.Strongest >= TextBar.OfBest(_known.Judged))
        {
            Take(found);
        }

        found.Sort(before, found.Count - before, ByStart);
        _waiting.Clear();
    }

    private void Take(List<NameSpan> found)
    {
        var bar = TextBar.OfName(_known.Units);
        for (var i = 0; i < _waiting.Count; i++)
        {
            if (_sums[i] >= bar)
            {
                var (name, offset) = _waiting[i];
                found.Add(new NameSpan(offset + name.Start, offset + name.End, NameLabels.Types[name.Type], TreeEnsemble.Probability(_sums[i])));
            }
        }
    }

    private Span<short> Row(int i) => _rows.AsSpan(i * EvidenceReader.Width, EvidenceReader.Width);

    private Span<uint> Words(int i) => _words.AsSpan(i * MostWords, MostWords);
}
