namespace GatewayStack.Transform.Names.Verification;

/// <summary>
/// What the units of a text have told so far, for the judgement of the names in them. It grows unit by unit and never looks at what comes, so that a text
/// in pieces knows what it would know as a whole. Not safe for concurrent use; bounded, whatever the text.
/// </summary>
internal sealed class TextKnowledge
{
    private const int Slots = 2048;
    private const int MostWords = Slots * 3 / 4;
    private const int LikelyMargin = 600;
    private const int Unheard = -200;
    private const int Sure = 24;

    private readonly uint[] _words = new uint[Slots];
    private readonly Word[] _of = new Word[Slots];
    private int _count;
    private int _judged, _judgedSum, _judgedLikely, _judgedSure, _judgedBest = Unheard, _judgedSecond = Unheard;

    /// <summary>Sums over the units; each stops growing at a bound far above any use.</summary>
    public int Tokens, Small, Capitals, Code, Foreign, Mails, Phones, Greetings, SignOffs, Titles, Said, Speaks, Things;

    /// <summary>More sums of that kind.</summary>
    public int Pronouns, People, Keys, Matter, Artifacts, Numbers, SmallWords, Verbs, Units, Candidates, Likely, LikelySum, Persons, Best;

    /// <summary>Units since a greeting or a closing phrase; large where there was none.</summary>
    public int SinceGreeting = Far, SinceSignOff = Far;

    /// <summary>Of the unit before: its tokens, how much it looked like code, and its last mark.</summary>
    public int TokensBefore, CodeBefore, EndBefore;

    /// <summary>The best sum of the second round.</summary>
    public int Strongest = int.MinValue;

    /// <summary>How many candidates were judged.</summary>
    public int Judged => _judged;

    /// <summary>No unit before that was so.</summary>
    public const int Far = 99;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_words);
        Array.Clear(_of);
        _count = 0;
        Tokens = Small = Capitals = Code = Foreign = Mails = Phones = Greetings = SignOffs = Titles = Said = Speaks = Things = 0;
        Pronouns = People = Keys = Matter = Artifacts = Numbers = SmallWords = Verbs = Units = 0;
        Candidates = Likely = LikelySum = Persons = Best = 0;
        _judged = _judgedSum = _judgedLikely = _judgedSure = 0;
        _judgedBest = _judgedSecond = Unheard;
        Strongest = int.MinValue;
        SinceGreeting = SinceSignOff = Far;
        TokensBefore = CodeBefore = EndBefore = 0;
    }

    /// <summary>Notes that a word stands in small letters.</summary>
    public void SeeSmall(uint word)
    {
        var at = Slot(word);
        if (at >= 0)
        {
            _of[at].Small = true;
        }
    }

    /// <summary>Notes that a word is part of a candidate, and how sure the tagger is of it.</summary>
    public void SeeName(uint word, int margin)
    {
        var at = Slot(word);
        if (at < 0)
        {
            return;
        }

        ref var of = ref _of[at];
        of.Times = (byte)Math.Min(of.Times + 1, 255);
        var size = (byte)Math.Clamp((margin / 16) + 100, 1, 255);
        if (size > of.Best)
        {
            (of.Second, of.Best) = (of.Best, size);
        }
        else
        {
            of.Second = Math.Max(of.Second, size);
        }
    }

    /// <summary>Counts the candidates of a unit.</summary>
    public void Learn(List<NameFinding> names, NameTokens tokens)
    {
        foreach (var name in names)
        {
            Candidates++;
            Likely += name.Margins.Least >= LikelyMargin ? 1 : 0;
            LikelySum += Math.Clamp(name.Margins.Least, 0, 2000) / 10;
            Best = Math.Max(Best, name.Margins.Least);
            Persons += name.Type == 0 && name.Last > name.First && name.Margins.Least >= LikelyMargin
                && (tokens.Flags[name.First] & WordFlags.Given) != WordFlags.None && tokens.Shape[name.First] is TokenShape.Capital or TokenShape.CapitalInTitle ? 1 : 0;
        }
    }

    /// <summary>Writes what the text as far as it is known says of a candidate.</summary>
    /// <param name="name">The candidate, which has been learned of.</param>
    /// <param name="words">Its words; 0 where it has no more.</param>
    /// <param name="whole">True when nothing more comes.</param>
    /// <param name="row">Receives the numbers.</param>
    public void Write(NameFinding name, ReadOnlySpan<uint> words, bool whole, Span<short> row)
    {
        row[(int)Evidence.IsWhole] = whole ? (short)1 : (short)0;
        Set(Evidence.TextTokens, Tokens, row);
        Set(Evidence.TextCandidates, Candidates, row);
        Set(Evidence.TextLikely, Likely - (name.Margins.Least >= LikelyMargin ? 1 : 0), row);
        Set(Evidence.TextLikelyShare, Candidates < 2 ? -1 : (LikelySum - (Math.Clamp(name.Margins.Least, 0, 2000) / 10)) / (Candidates - 1), row);
        Set(Evidence.TextBest, Best, row);
        Set(Evidence.TextPersons, Persons, row);
        Set(Evidence.TextMails, Mails, row);
        Set(Evidence.TextPhones, Phones, row);
        Set(Evidence.TextGreetings, Greetings, row);
        Set(Evidence.TextSignOffs, SignOffs, row);
        Set(Evidence.TextTitles, Titles, row);
        Set(Evidence.TextSaid, Said, row);
        Set(Evidence.TextSpeaks, Speaks * 100 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextCode, Code * 10 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextForeign, Foreign * 10 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextCapitals, Capitals * 100 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextThings, Things * 100 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextPronouns, Pronouns, row);
        Set(Evidence.TextPeople, People * 100 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextKeys, Keys, row);
        Set(Evidence.TextMatter, Matter * 100 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextArtifacts, Artifacts * 100 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextNumbers, Numbers * 100 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextSmallWords, SmallWords * 100 / Math.Max(Tokens, 1), row);
        Set(Evidence.TextVerbs, Verbs * 100 / Math.Max(Tokens, 1), row);
        int small = 0, again = 0, best = 0;
        foreach (var word in words)
        {
            if (word == 0)
            {
                break;
            }

            var of = Of(word, name.Margins.Least);
            small += of.Small ? 1 : 0;
            again = Math.Max(again, of.Again);
            best = Math.Max(best, of.Best);
        }

        Set(Evidence.SeenSmall, small, row);
        Set(Evidence.SeenAgain, again, row);
        Set(Evidence.SeenBest, best, row);

        static void Set(Evidence evidence, int value, Span<short> row) => row[(int)evidence] = (short)Math.Clamp(value, short.MinValue, short.MaxValue);
    }

    /// <summary>Notes what the first round says of a candidate.</summary>
    /// <param name="odds">Its log-odds, in sixteenths.</param>
    public void Learn(int odds)
    {
        _judged++;
        _judgedSum += Soft(odds);
        _judgedLikely += odds > 0 ? 1 : 0;
        _judgedSure += odds > Sure ? 1 : 0;
        if (odds > _judgedBest)
        {
            (_judgedSecond, _judgedBest) = (_judgedBest, odds);
        }
        else
        {
            _judgedSecond = Math.Max(_judgedSecond, odds);
        }
    }

    /// <summary>Writes what the first round says of a candidate, which has been learned of, and of the others.</summary>
    public void Write(int odds, Span<short> row)
    {
        row[(int)Evidence.OwnOdds] = (short)odds;
        row[(int)Evidence.OthersBest] = (short)(odds == _judgedBest ? _judgedSecond : _judgedBest);
        row[(int)Evidence.OthersMean] = (short)(_judged < 2 ? -1 : (_judgedSum - Soft(odds)) * 10 / (_judged - 1));
        row[(int)Evidence.OthersLikely] = (short)Math.Min(_judgedLikely - (odds > 0 ? 1 : 0), 1000);
        row[(int)Evidence.OthersSure] = (short)Math.Min(_judgedSure - (odds > Sure ? 1 : 0), 1000);
        row[(int)Evidence.OthersCount] = (short)Math.Min(_judged - 1, 1000);
    }

    /// <summary>Something like the probability, in whole numbers: 0 to 96.</summary>
    private static int Soft(int odds) => Math.Clamp(odds + 48, 0, 96);

    /// <summary>
    /// What is known of a word of a candidate: whether it stands in small letters, how often in other candidates, and how sure the tagger is of the best of these.
    /// </summary>
    public (bool Small, int Again, int Best) Of(uint word, int margin)
    {
        word = word == 0 ? 1 : word;
        for (var at = (int)(word & (Slots - 1)); _words[at] != 0; at = (at + 1) & (Slots - 1))
        {
            if (_words[at] == word)
            {
                var of = _of[at];
                var size = Math.Clamp((margin / 16) + 100, 1, 255);
                return (of.Small, Math.Max(0, of.Times - 1), size == of.Best ? of.Second : of.Best);
            }
        }

        return default;
    }

    private int Slot(uint word)
    {
        word = word == 0 ? 1 : word;
        var at = (int)(word & (Slots - 1));
        for (; _words[at] != 0; at = (at + 1) & (Slots - 1))
        {
            if (_words[at] == word)
            {
                return at;
            }
        }

        if (_count == MostWords)
        {
            return -1;
        }

        _count++;
        _words[at] = word;
        return at;
    }

    private struct Word
    {
        public bool Small;
        public byte Times;
        public byte Best;
        public byte Second;
    }
}
