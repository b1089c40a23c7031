namespace GatewayStack.Transform.Recognizers.Addresses;

/// <content>Streets, with the number before or behind their name.</content>
internal readonly ref partial struct AddressParser
{
    private const int LongestName = 6;

    /// <summary><c>12 High Street</c>, <c>12, rue de la Paix</c>, <c>1-2-3 Shibuya-ku</c>.</summary>
    private Part NumberFirst()
    {
        if (At(_gate).Kind is not (TokenKind.Number or TokenKind.House) || At(_gate).End - At(_gate).Start > 6)
        {
            return Part.None;
        }

        var name = AfterNumber(_gate);
        var comma = IsSign(name, ',');
        name += comma ? 1 : 0;
        var prefixed = At(name).Is(WordClass.Prefix | WordClass.SoftPrefix) && !IsWord(name, "via") ? PrefixedName(name) : Part.None;
        var bare = BareName(name, comma).Or(UnitAlone(name));
        var street = prefixed.Or(TypedName(name, comma)).Or(bare);
        if (street.End == 0)
        {
            return Part.None;
        }

        var first = WithUnitsBefore(_gate);
        var tail = Tail(street.End);
        if (street.Odds <= -1 && street.Odds == bare.Odds && tail.Odds < 2)
        {
            return Part.None;
        }

        var odds = street.Odds + Before(first) + tail.Odds + (first < _gate ? 1 : 0) - (!tail.HasPostcode && IsYear(_gate) ? 1.7 : 0);
        return new Part(first, tail.End, odds - (tail.Odds <= 0 ? Compound(street.End) : 0));
    }

    /// <summary><c>Flat 302, Sai Residency, Bengaluru 560001</c>: what follows must tell.</summary>
    private Part UnitAlone(int name)
    {
        var i = _gate - 1;
        i -= IsSign(i, '#') || (At(i).Is(WordClass.NumberWord) && At(i - 1).Is(WordClass.Unit)) ? 1 : 0;
        return IsSign(name - 1, ',') && At(i) is { Capital: true, Kind: TokenKind.Word } && At(i).Is(WordClass.Unit) && At(i).End - At(i).Start > 1 && Tail(_gate + 1).HasPostcode
            ? new Part(i, _gate + 1, -1.2)
            : Part.None;
    }

    /// <summary>The kind of street before its name.</summary>
    private Part PrefixedName(int index)
    {
        var i = index + 1;
        var words = 0;
        var names = 0;
        for (; words < LongestName; i++, words++)
        {
            var token = At(i);
            if (token.Kind == TokenKind.Word && (token.Capital ? !token.Is(WordClass.Stop) : token.Is(WordClass.Particle) || names == 0 && words < 2 && !token.Is(WordClass.Stop)))
            {
                names += token.Is(WordClass.Particle) && !token.Capital ? 0 : 1;
            }
            else if (token.Kind is not (TokenKind.Number or TokenKind.Ordinal) || token.End - token.Start > 4 || words == 0 || IsGlued(i + 1) && IsSign(i + 1, '-'))
            {
                break;
            }
        }

        while (words > 0 && !At(i - 1).Capital && At(i - 1).Is(WordClass.Particle))
        {
            i--;
            words--;
        }

        if (names == 0)
        {
            return Part.None;
        }

        var capital = At(i - 1).Capital || At(index + 1).Capital;
        return new Part(index, i, At(index).Is(WordClass.Prefix) ? capital ? 2.2 : 0.6 : capital && At(index + 1).Is(WordClass.Particle) ? 1.2 : capital ? 0 : -2);
    }

    /// <summary>The kind of street behind its name.</summary>
    private Part TypedName(int index, bool comma)
    {
        var best = Part.None;
        var rank = 0;
        var lower = 0;
        var measured = false;
        for (var i = index; i < index + LongestName + 1; i++)
        {
            var token = At(i);
            if (token.Kind == TokenKind.Number && At(i - 1).Is(WordClass.Highway) && (i - 1 > index || rank == 0) && token.End - token.Start <= 4)
            {
                return new Part(index, i + 1, At(i - 1).Capital ? 0.8 : -1);
            }

            if (token.Kind == TokenKind.Ordinal)
            {
                continue;
            }

            if (token.Kind != TokenKind.Word)
            {
                break;
            }

            var found = RankOf(i, i > index || token.Is(WordClass.Solo));
            if (found == 0 && rank > 0 && (!token.Capital || token.Is(WordClass.Unit | WordClass.Stop)))
            {
                break;
            }

            if (found == 0 && token.Is(WordClass.Stop) && !(i == index && token.Capital))
            {
                break;
            }

            measured |= token.Is(WordClass.Thing);
            lower += token.Capital || token.Is(WordClass.Particle) || found > 0 ? 0 : 1;
            if (found > 0 && found >= rank && lower <= 3)
            {
                rank = found;
                best = new Part(index, i + 1, Odds(found, named: lower == 0 && HasName(index, i), token.Capital) - (measured ? 2.5 : 0) - (comma ? 0.5 : 0));
            }

            if (token.Dot && found == 0 && token.End - token.Start > 3)
            {
                break;
            }
        }

        // Ang Mo Kio Ave 3 #08-123
        if (rank == 3 && best.End > 0 && IsNumber(best.End, 1, 2) && (IsSign(best.End + 1, '#') || IsSign(best.End + 1, ',')))
        {
            best = best with { End = best.End + 1 };
        }

        if (best.End > 0 && At(best.End).Is(WordClass.Direction) && (At(best.End).Capital || IsSign(best.End + 1, ',')))
        {
            best = best with { End = best.End + 1, Odds = best.Odds + 0.5 };
        }

        return best;
    }

    private static double Odds(int rank, bool named, bool capital) => rank switch
    {
        3 => named ? 2 : -0.3,
        2 => named ? capital ? 0.9 : 0.3 : -1.2,
        _ => named && capital ? -0.9 : -4,
    };

    private int RankOf(int index, bool hasName)
    {
        var token = At(index);
        return !hasName ? IsSuffixed(index) ? 3 : 0
            : token.Is(WordClass.StrongType | WordClass.Solo) ? 3
            : token.Is(WordClass.MediumType) ? 2
            : token.Is(WordClass.WeakType) ? 1
            : IsSuffixed(index) ? 3 : 0;
    }

    private bool IsSuffixed(int index) => At(index).Capital && AddressWords.Suffix(TextOf(index)) == SuffixClass.Strong;

    private bool HasName(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (At(i).Kind == TokenKind.Ordinal || At(i).Capital)
            {
                return true;
            }
        }

        return from == to || IsSuffixed(to);
    }

    /// <summary>A name without a kind of street: what follows must tell.</summary>
    private Part BareName(int index, bool comma)
    {
        var i = index;
        var isJapanese = false;
        while (i < index + 4 && (IsName(i) || (i > index && At(i).Is(WordClass.Particle) && At(i).Kind == TokenKind.Word)))
        {
            isJapanese |= IsJapanese(i);
            i++;
        }

        if (i == index || comma || IsYear(_gate))
        {
            return Part.None;
        }

        return new Part(index, i, isJapanese && index - _gate >= 3 ? 1.5 : index - _gate >= 5 ? -1 : -2.2);
    }

    private bool HoldsJapanese(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (IsJapanese(i))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsJapanese(int index)
    {
        var word = TextOf(index);
        return word.EndsWith("-ku", StringComparison.OrdinalIgnoreCase) || word.EndsWith("-shi", StringComparison.OrdinalIgnoreCase)
            || word.EndsWith("-cho", StringComparison.OrdinalIgnoreCase) || word.EndsWith("-machi", StringComparison.OrdinalIgnoreCase)
            || word.EndsWith("-ken", StringComparison.OrdinalIgnoreCase) || word.Equals("Tokyo", StringComparison.OrdinalIgnoreCase)
            || word.Equals("Osaka", StringComparison.OrdinalIgnoreCase) || word.Equals("Kyoto", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary><c>Hauptstraße 12</c>, <c>Calle Mayor, 3</c>, <c>Atatürk Cad. No: 5</c>, <c>Vodičkova 12, 110 00 Praha</c>.</summary>
    private Part NumberLast()
    {
        if (At(_gate).Kind is not (TokenKind.Number or TokenKind.House) || At(_gate).End - At(_gate).Start > 5)
        {
            return Part.None;
        }

        var last = _gate - 1;
        for (var skipped = 0; skipped < 5 && (IsSign(last, ',') || IsSign(last, '#') || IsSign(last, 'º') || IsSign(last, '°') || IsSign(last, ':')
            || IsSign(last, '№') || IsSign(last, '.') || (At(last).Is(WordClass.NumberWord) && !At(last).Is(WordClass.LastType) && last > 0)); skipped++)
        {
            last--;
        }

        if (At(last).Kind != TokenKind.Word && !(At(last).Kind is TokenKind.Number or TokenKind.Ordinal && last < _gate - 1))
        {
            return Part.None;
        }

        var end = AfterStair(AfterNumber(_gate));
        var hasFlat = HasFlat(end);
        var tail = Tail(AfterColombian(end, last));
        var street = Suffixed(last, tail.Odds).Or(Prefixed(last)).Or((tail.HasPostcode || hasFlat) && last >= _gate - 2 && !IsYear(_gate) ? Bare(last) : Part.None);
        if (street.End == 0)
        {
            return Part.None;
        }

        var next = At(end);
        var odds = street.Odds + Before(street.First) + tail.Odds + (hasFlat ? 1.2 : 0);
        odds -= tail.Odds <= 0 && next.Is(WordClass.Thing) ? 2.5 : 0;
        odds -= tail.Odds <= 0 && (next.Kind == TokenKind.Word || IsSign(end, '%')) && !IsSign(end, ',') ? next.Capital ? 0.8 : 0.3 : 0;
        return new Part(street.First, tail.End, odds - (IsYear(_gate) ? tail.HasPostcode ? 0.5 : 2.2 : 0));
    }

    /// <summary><c>Kalevankatu 31 B 14</c>: the stairs' letter, and the flat.</summary>
    private int AfterStair(int end) =>
        IsUpper(end) && At(end).End - At(end).Start == 1 && IsNumber(end + 1, 1, 3) && IsSegmentEnd(end + 2) && AddressWords.Suffix(TextOf(_gate - 1)) == SuffixClass.Strong ? end + 2 : end;

    /// <summary><c>Ленина 5, кв. 12</c>: a street without a word for one, whose flat is counted.</summary>
    private bool HasFlat(int end) => (IsWord(end, "кв") && IsNumber(end + 1, 1, 4)) || (IsSign(end, ',') && IsWord(end + 1, "кв") && IsNumber(end + 2, 1, 4));

    /// <summary><c>Calle 26 # 13-19</c>: a street with a number, and the house behind it.</summary>
    private int AfterColombian(int end, int last)
    {
        var sign = end + (IsSign(end, ',') ? 1 : 0);
        return At(last).Is(WordClass.Prefix | WordClass.SoftPrefix) && (IsSign(sign, '#') || At(sign).Is(WordClass.NumberWord)) && IsHouse(sign + 1)
            ? AfterNumber(sign + 1)
            : end;
    }

    private Part Suffixed(int last, double tail)
    {
        var token = At(last);
        if (token is { Capital: true } && token.Is(WordClass.StrongType) && !token.Is(WordClass.LastType) && IsName(last - 1) && last == _gate - 1)
        {
            return new Part(IsName(last - 2) && !At(last - 2).Dot ? last - 2 : last - 1, last + 1, 0);
        }

        var suffix = token.Is(WordClass.LastType) ? SuffixClass.None : AddressWords.Suffix(TextOf(last));
        if (suffix == SuffixClass.None && !token.Is(WordClass.LastType))
        {
            return Part.None;
        }

        var first = last;
        while (first > 0 && first > last - 4 && (IsName(first - 1) || (first < last && At(first - 1).Is(WordClass.Particle) && At(first - 1).Kind == TokenKind.Word))
            && !(At(first - 1).Dot && !At(first - 1).Is(WordClass.LastType) && At(first - 1).End - At(first - 1).Start > 3) && !At(first - 1).Is(WordClass.Cue))
        {
            first--;
        }

        while (first < last && !At(first).Capital)
        {
            first++;
        }

        first = WithLocative(first);
        if (suffix == SuffixClass.None)
        {
            return first < last ? new Part(first, last + 1, 1.6) : tail > 2 && token.Capital ? new Part(first, last + 1, -1) : Part.None;
        }

        if (IsNoStreet(last)
            || (!token.Capital && (IsGlued(_gate) || suffix == SuffixClass.Weak || TextOf(last).EndsWith("str", StringComparison.OrdinalIgnoreCase) && !token.Dot)))
        {
            return Part.None;
        }

        return new Part(first, last + 1, (suffix == SuffixClass.Strong ? 2 : -1.5) - (token.Capital ? 0 : 1.4));
    }

    /// <summary>Places that are counted, and ways that are none.</summary>
    private bool IsNoStreet(int index)
    {
        var word = TextOf(index);
        foreach (var other in (ReadOnlySpan<string>)["arbeitsplatz", "spielplatz", "parkplatz", "stellplatz", "sitzplatz", "sportplatz", "studienplatz", "listenplatz", "umweg",
            "ausweg", "rückweg", "heimweg"])
        {
            if (word.Equals(other, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private Part Prefixed(int last)
    {
        var names = 0;
        for (var i = last; i >= 0 && i > last - LongestName - 2; i--)
        {
            var token = At(i);
            if (token.Kind == TokenKind.Word && token.Is(WordClass.Prefix | WordClass.SoftPrefix)
                && (names > 0 || (i == last && AfterColombian(AfterNumber(_gate), last) > AfterNumber(_gate))))
            {
                return new Part(i, last + 1, PrefixOdds(i, last));
            }

            if (token.Kind == TokenKind.Word && !(token.Is(WordClass.Stop) && !token.Capital && !token.Is(WordClass.Particle)))
            {
                names += token.Capital ? 1 : 0;
            }
            else if (token.Kind is TokenKind.Number or TokenKind.Ordinal && i < last + 1)
            {
                names++;
            }
            else if (IsSign(i, '/') && IsWord(i - 1, "c") && names > 0)
            {
                return new Part(i - 1, last + 1, 1.8);
            }
            else if (!IsSign(i, '.'))
            {
                return Part.None;
            }
        }

        return Part.None;
    }

    private double PrefixOdds(int prefix, int last)
    {
        if (At(prefix).Is(WordClass.Prefix))
        {
            return 2;
        }

        if (At(prefix).Is(WordClass.LastType) && !At(prefix).Dot)
        {
            return At(prefix).Capital && At(prefix + 1).Is(WordClass.Particle) ? 1.2 : -4;
        }

        if (IsWord(prefix, "via"))
        {
            return (At(prefix).Capital ? 0.6 : -1) + (TextOf(last)[^1] is 'a' or 'e' or 'i' or 'o' && !IsUpper(last) ? 1 : -0.8);
        }

        return At(prefix).Dot ? IsGlued(prefix + 1) ? -1 : 1 : At(prefix + 1).Is(WordClass.Particle) && At(prefix).Capital ? 0.8 : -0.5;
    }

    private Part Bare(int last)
    {
        var first = last;
        if (!IsName(last) || At(last).Is(WordClass.Heading | WordClass.Thing | WordClass.Unit))
        {
            return Part.None;
        }

        while (first > last - 3 && IsName(first - 1) && !At(first - 1).Dot && !At(first - 1).Is(WordClass.Cue))
        {
            first--;
        }

        var located = WithLocative(first);
        return new Part(located, last + 1, located < first ? -0.2 : -1.2);
    }

    /// <summary><c>Am Hang</c>, <c>Unter den Linden</c>: the name begins with a small word, written large.</summary>
    private int WithLocative(int first)
    {
        var i = first - 1;
        i -= At(i).Is(WordClass.Particle) && !At(i).Capital && At(i).Kind == TokenKind.Word ? 1 : 0;
        return At(i).Is(WordClass.Locative) && At(i).Capital ? i : first;
    }

    /// <summary>What speaks against a street that no place follows: it is the first part of <c>3 Main Street shops</c>, or of a title.</summary>
    private double Compound(int end)
    {
        var next = At(end);
        return next.Kind != TokenKind.Word || At(end - 1).Dot || next.Is(WordClass.Stop | WordClass.Direction | WordClass.Particle) ? 0
            : next.Capital ? 2.6
            : next.End - next.Start > 3 && TextOf(end)[^1] == 's' ? 1.8 : 0.3;
    }
}
