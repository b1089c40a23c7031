using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>What follows a street.</summary>
/// <param name="End">The token after it.</param>
/// <param name="Odds">What it says for the street.</param>
/// <param name="HasPostcode">True when a postcode is in it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AddressTail(int End, double Odds, bool HasPostcode);

/// <content>What follows a street: units, places, regions, postcodes, countries, over commas and line breaks.</content>
internal readonly ref partial struct AddressParser
{
    private const int MostSegments = 8;
    private const int MostPlainSegments = 4;

    private AddressTail Tail(int index)
    {
        var end = index;
        var odds = 0.0;
        var post = false;
        var plain = 0;
        var offered = 0;
        var at = index;
        for (var segment = 0; segment < MostSegments; segment++)
        {
            var start = at;
            var comma = IsSign(start, ',');
            start += comma ? 1 : 0;
            var line = IsLine(start);
            start += line ? 1 : 0;
            var dash = !comma && !line && IsSign(start, '-') && !IsGlued(start) && !IsGlued(start + 1);
            start += dash ? 1 : 0;
            if (IsLine(start) || At(at - 1) is { Dot: true, Kind: TokenKind.Word, Class: WordClass.None } && !comma && !line)
            {
                break;
            }

            var separated = comma || line || dash;
            var unit = AfterUnit(start, separated);
            if (unit > start)
            {
                odds += odds < 1 ? 1.2 : 0;
                end = at = unit;
                continue;
            }

            var place = Place(start, separated, line, post, plain > 0);
            if (place.End > start)
            {
                odds += place.Odds;
                post |= place.HasPostcode;
                end = at = place.End;
                continue;
            }

            var names = AfterNames(start);
            if (!separated || names == start || plain == MostPlainSegments || !IsSegmentEnd(names))
            {
                break;
            }

            if (HoldsJapanese(start, names))
            {
                odds += odds < 1.5 ? 1.5 : 0;
                end = at = names;
                continue;
            }

            // A place by itself is taken with what follows it, or when it is all that follows behind a comma.
            plain++;
            offered = offered == 0 && comma && !line && At(start).Capital && end == at ? names : offered;
            at = names;
        }

        return offered > end ? new AddressTail(offered, odds + 0.6, post) : new AddressTail(end, odds, post);
    }

    /// <summary>A place that its postcode, region or country makes one.</summary>
    private AddressTail Place(int start, bool separated, bool line, bool hasPostcode, bool hasPlace)
    {
        if (separated && AfterCountry(start) is var country && country > start && IsSegmentEnd(country))
        {
            return new AddressTail(country, 0.7, HasPostcode: false);
        }

        if (separated && IsWord(start, "cedex"))
        {
            return new AddressTail(start + 1, 0.2, HasPostcode: false);
        }

        var code = hasPostcode ? start : AfterPostcode(start);
        if (code > start)
        {
            return PostcodeFirst(start, code, separated, line, hasPlace);
        }

        var names = start;
        if (!IsRegion(start))
        {
            names = AfterNames(start);
            if (names > start && IsStateName(names - 1) && names - 1 > start && AfterPostcode(names) > names)
            {
                names--;
            }
        }

        var region = IsSign(names, ',') && names > start && IsRegion(names + 1) ? names + 1 : IsSign(names, '-') && names > start && IsRegion(names + 1) ? names + 1 : names;
        if (IsRegion(region) && (region > start || separated))
        {
            var zip = AfterSeparated(region + 1);
            if (zip > region + 1)
            {
                return new AddressTail(zip, 3, HasPostcode: true);
            }

            return IsUpper(region) && IsSegmentEnd(region + 1) && (separated || region > start) ? new AddressTail(region + 1, 1.3, HasPostcode: false) : default;
        }

        if (names == start || hasPostcode)
        {
            return default;
        }

        var last = AfterSeparated(names);
        if (last > names)
        {
            // A name behind the postcode is its place: this one is another part.
            if (IsSign(names, ',') && IsName(last) && !IsGlued(last))
            {
                return default;
            }

            return !separated && (IsYear(names) || IsNumber(names, 1, 4)) ? default : new AddressTail(last, At(start).Capital ? 2.4 : 0.8, HasPostcode: true);
        }

        // Dublin 2, Praha 1
        return separated && At(start).Capital && IsNumber(names, 1, 2) && IsSegmentEnd(names + 1) ? new AddressTail(names + 1, 0.5, HasPostcode: false) : default;
    }

    private AddressTail PostcodeFirst(int start, int code, bool separated, bool line, bool hasPlace)
    {
        var isShape = At(code - 1).Kind == TokenKind.Mixed && TextOf(code - 1) is { Length: < 8 } last && !(last.Length == 6 && char.IsAsciiDigit(last[0]));
        var names = AfterNames(code);
        if (names > code && At(code).Capital && !isShape)
        {
            while (IsSign(names, '-') && IsGlued(names) || IsSign(names, '/'))
            {
                names = Math.Max(names + 1, AfterNames(names + 1));
            }

            names += IsWord(names, "cedex") ? 1 : 0;
            names += IsNumber(names, 1, 2) && !IsGlued(names) && !IsSign(names + 1, '/') ? 1 : 0;
            var doubtful = IsYear(start) && code == start + 1 && !line && !IsSegmentEnd(names);
            var year = IsYear(start) && code == start + 1;
            return separated ? doubtful ? default : new AddressTail(names, year ? 0.8 : 2.6, HasPostcode: !year) : new AddressTail(names, 1, HasPostcode: true);
        }

        if (isShape)
        {
            return new AddressTail(code, 3, HasPostcode: true);
        }

        return hasPlace && separated && !IsYear(start) ? new AddressTail(code, 2, HasPostcode: true)
            : separated && IsNumber(start, 5, 5) && names > code && !At(code).Is(WordClass.Stop) ? new AddressTail(code + 1, 1, HasPostcode: true)
            : default;
    }

    /// <summary>A postcode behind a region or a place, with what may stand between them.</summary>
    private int AfterSeparated(int index)
    {
        var start = index;
        if (IsSign(start, ',') || (IsSign(start, '-') && !IsSign(start + 1, '-')))
        {
            start++;
        }

        start += At(start).Is(WordClass.ZipCue) ? 1 : 0;
        var code = AfterPostcode(start);
        return code > start && (start == index || !IsYear(start)) ? code : index;
    }

    /// <summary>Where a postcode ends that may begin here; <paramref name="index"/> when none does.</summary>
    private int AfterPostcode(int index)
    {
        var start = index;
        if (At(start) is { Kind: TokenKind.Word, Capital: true } country && country.End - country.Start <= 2 && IsSign(start + 1, '-') && IsGlued(start + 1) && IsGlued(start + 2))
        {
            start += 2;
            return IsNumber(start, 4, 5) ? start + 1 : index;
        }

        var token = At(start);
        if (token.Kind is TokenKind.Mixed or TokenKind.House or TokenKind.Ordinal)
        {
            return AfterLetteredPostcode(start);
        }

        if (token.Kind != TokenKind.Number)
        {
            return index;
        }

        var glued = IsSign(start + 1, '-') && IsGlued(start + 1) && IsGlued(start + 2);
        switch (token.End - token.Start)
        {
            case 2 when glued && IsNumber(start + 2, 3, 3):
            case 3 when glued && IsNumber(start + 2, 4, 4):
            case 4 when glued && IsNumber(start + 2, 3, 3):
            case 5 when glued && IsNumber(start + 2, 3, 4):
                return start + 3;
            case 3 when IsNumber(start + 1, 2, 2) || IsNumber(start + 1, 3, 3):
                return start + 2;
            case 4 when IsUpper(start + 1) && At(start + 1).End - At(start + 1).Start == 2 && !At(start + 1).Is(WordClass.Thing):
                return start + 2;
            case 4 or 5 or 6 when !glued && !(IsSign(start + 1, '.') && IsGlued(start + 2)):
                return start + 1;
            default:
                return index;
        }
    }

    /// <summary>British, Canadian and Irish codes.</summary>
    private int AfterLetteredPostcode(int index)
    {
        var first = TextOf(index);
        var second = TextOf(index + 1);
        var dash = IsSign(index + 1, '-') && IsGlued(index + 1);
        if ((PostcodeShapes.IsBritishOutward(first) && PostcodeShapes.IsBritishInward(second))
            || (PostcodeShapes.IsCanadianArea(first) && PostcodeShapes.IsCanadianUnit(second))
            || (PostcodeShapes.IsIrishKey(first) && PostcodeShapes.IsIrishUnit(second)))
        {
            return index + 2;
        }

        if (dash && PostcodeShapes.IsCanadianArea(first) && PostcodeShapes.IsCanadianUnit(TextOf(index + 2)))
        {
            return index + 3;
        }

        return (first.Length is >= 5 and <= 7 && PostcodeShapes.IsBritishOutward(first[..^3]) && PostcodeShapes.IsBritishInward(first[^3..]))
            || (first.Length == 6 && PostcodeShapes.IsCanadianArea(first[..3]) && PostcodeShapes.IsCanadianUnit(first[3..]))
            || (first.Length == 6 && PostcodeShapes.IsDutch(first))
            || (first.Length == 8 && PostcodeShapes.IsArgentinian(first))
            || (first.Length == 7 && PostcodeShapes.IsIrishKey(first[..3]) && PostcodeShapes.IsIrishUnit(first[3..]))
                ? index + 1
                : index;
    }

    /// <summary>A region by its code; in small letters only before a postcode.</summary>
    private bool IsRegion(int index) => IsStateCode(index) || (At(index).Is(WordClass.StateCode) && !At(index).Dot && IsNumber(index + 1, 5, 5));

    private bool IsStateName(int index) => IsStateCode(index);

    /// <summary>One to four words of a name; small ones only where all of it is written so.</summary>
    private int AfterNames(int index)
    {
        var i = index;
        if (At(index) is { Kind: TokenKind.Word, Capital: false } small && !small.Is(WordClass.Stop | WordClass.Particle) && small.End - small.Start > 2)
        {
            i++;
            i += At(i) is { Kind: TokenKind.Word, Capital: false } next && !next.Is(WordClass.Stop | WordClass.StateCode) && next.End - next.Start > 3 ? 1 : 0;
            return IsSign(i, ',') || IsRegion(i) || IsNumber(i, 5, 6) || IsSign(i, '"') || IsLine(i) ? i : index;
        }

        while (i < index + 4 && At(i).Kind == TokenKind.Word)
        {
            if (!(IsName(i) && !(i > index && IsStateCode(i))) && !(i > index && At(i).Is(WordClass.Particle) && (IsName(i + 1) || At(i + 1).Is(WordClass.Particle))))
            {
                break;
            }

            var ends = At(i).Dot && At(i).End - At(i).Start > 3;
            i++;
            if (ends)
            {
                break;
            }
        }

        return i;
    }

    /// <summary>True where a segment can end.</summary>
    private bool IsSegmentEnd(int index) =>
        At(index).Kind is TokenKind.End or TokenKind.Line || At(index - 1).Dot
        || (At(index).Kind == TokenKind.Sign && (",.;:)]}\"'|<!?*`\\".Contains(_text[At(index).Start]) || (IsSign(index, '-') && !IsGlued(index))));

    private int AfterCountry(int index)
    {
        var second = At(index + 1);
        if (At(index).Is(WordClass.Country) && At(index).Capital)
        {
            return index + 1;
        }

        if (IsWord(index, "united") && (IsWord(index + 1, "states") || IsWord(index + 1, "kingdom")))
        {
            return index + (IsWord(index + 2, "of") && IsWord(index + 3, "america") ? 4 : 2);
        }

        return (IsWord(index, "new") && IsWord(index + 1, "zealand")) || (IsWord(index, "south") && (IsWord(index + 1, "africa") || IsWord(index + 1, "korea")))
            || (IsWord(index, "the") && second.Is(WordClass.Country)) || (IsWord(index, "czech") && IsWord(index + 1, "republic"))
                ? index + 2
                : index;
    }

    /// <summary>Where a part of a house ends that begins here: <c>Apt 4B</c>, <c>#12</c>, <c>3rd floor</c>, <c>2º B</c>.</summary>
    private int AfterUnit(int index, bool separated)
    {
        var token = At(index);
        var i = index + 1;
        if (token.Kind == TokenKind.Word && token.Is(WordClass.Unit)
            && (token.End - token.Start > 1 || token.Dot || IsNumber(i, 1, 4) || (IsSign(i, ':') && IsNumber(i + 1, 1, 4))))
        {
            i += IsSign(i, '#') || IsSign(i, ':') || (At(i).Is(WordClass.NumberWord) && IsHouse(i + 1) && !IsUpper(i)) ? 1 : 0;
            var value = At(i);
            if (value.Kind is TokenKind.Number or TokenKind.House or TokenKind.Mixed or TokenKind.Ordinal
                || (value.Kind == TokenKind.Word && value.Capital && value.End - value.Start <= 2 && !value.Is(WordClass.Stop)))
            {
                return i + (IsSign(i + 1, '-') && IsGlued(i + 1) && IsGlued(i + 2) && At(i + 2).Kind is TokenKind.Number or TokenKind.House or TokenKind.Word ? 3 : 1);
            }
        }

        if (IsSign(index, '#') && At(i).Kind is TokenKind.Number or TokenKind.House or TokenKind.Mixed)
        {
            return i + (IsSign(i + 1, '-') && IsGlued(i + 1) && At(i + 2).Kind is TokenKind.Number or TokenKind.House ? 3 : 1);
        }

        if (separated && token.Kind == TokenKind.Number && (IsSign(i, '.') || IsSign(i, 'º') || IsSign(i, 'ª') || IsSign(i, '°')))
        {
            i += IsSign(i, '.') && (IsSign(i + 1, 'º') || IsSign(i + 1, 'ª')) ? 1 : 0;
            return At(i + 1).Is(WordClass.Floor | WordClass.UnitAlone) ? i + 2 : !IsSign(i, '.') && At(i + 1).Kind == TokenKind.Word && At(i + 1).End - At(i + 1).Start <= 2 ? i + 2
                : IsSign(i, '.') ? index : i + 1;
        }

        if ((token.Kind is TokenKind.Ordinal or TokenKind.Mixed || (separated && IsNumber(index, 1, 2)) || (separated && token.Capital && token.Kind == TokenKind.Word))
            && At(i).Is(WordClass.Floor) && At(i).Kind == TokenKind.Word
            && At(i).End - At(i).Start > 1)
        {
            return i + 1;
        }

        if (separated && token.Is(WordClass.UnitAlone) && token.Kind == TokenKind.Word)
        {
            return i;
        }

        if (token.Is(WordClass.Box) && token.Kind == TokenKind.Word && IsNumber(i, 1, 6))
        {
            return i + 1;
        }

        return (IsWord(index, "p.o") || IsWord(index, "po")) && IsWord(i, "box") && IsNumber(i + 1, 1, 6) ? i + 2 : index;
    }
}
