namespace GatewayStack.Transform.Recognizers.Addresses;

/// <content>Boxes, and postcodes without a street.</content>
internal readonly ref partial struct AddressParser
{
    private const int MostBlanks = 1;

    /// <summary><c>P.O. Box 123</c>, <c>Postfach 10 20 30</c>, <c>PSC 123, Box 456</c>.</summary>
    private Part Box()
    {
        var word = _gate - 1;
        word -= IsSign(word, ':') || IsSign(word, '#') || At(word).Is(WordClass.NumberWord) ? 1 : 0;
        word -= IsWord(word, "correos") && IsWord(word - 1, "de") ? 2 : 0;
        word -= IsWord(word, "postal") || IsWord(word, "postale") ? 1 : 0;
        var token = At(word);
        if (token.Kind != TokenKind.Word || At(_gate).Kind is not (TokenKind.Number or TokenKind.House))
        {
            return Part.None;
        }

        var first = word;
        double odds;
        if (IsWord(word, "box") || IsWord(word, "bag"))
        {
            first = IsWord(word - 1, "office") && IsWord(word - 2, "post") ? word - 2
                : IsWord(word - 1, "po") || IsWord(word - 1, "p.o") || IsWord(word - 1, "gpo") || IsWord(word - 1, "private") || IsWord(word - 1, "locked") ? word - 1 : word;
            odds = first < word ? 2.6 : -2;
        }
        else if (token.Is(WordClass.Military) && IsUpper(word))
        {
            odds = 0;
        }
        else if (IsWord(word, "unit") && At(_gate + 1).Is(WordClass.Box))
        {
            odds = 0.5;
        }
        else if (token.Is(WordClass.Box))
        {
            odds = IsWord(word, "bp") || IsWord(word, "b.p") || IsWord(word, "pf") ? IsUpper(word) ? -1 : -4 : 2.2;
        }
        else if (IsWord(word, "caixa") || IsWord(word, "casella"))
        {
            odds = word < _gate - 1 ? 2.2 : -4;
        }
        else
        {
            return Part.None;
        }

        var end = _gate + 1;
        for (var groups = 0; groups < 3 && IsNumber(end, 2, 3) && !IsGlued(end); groups++)
        {
            end++;
        }

        var tail = Tail(end);
        return new Part(first, tail.End, odds + tail.Odds + Before(first));
    }

    /// <summary>A postcode that its form, its region, its place or a word makes one.</summary>
    private Part Postcode()
    {
        var part = AfterCue();
        if (At(_gate).Kind == TokenKind.Number)
        {
            part = part.Or(WithState()).Or(WithPlace());
        }
        else if (At(_gate).Kind is TokenKind.Mixed && At(_gate - 1).Kind is TokenKind.Mixed && !(IsSign(_gate - 2, ':') && At(_gate - 3).Is(WordClass.Heading))
            && AfterLetteredPostcode(_gate - 1) == _gate + 1)
        {
            part = part.Or(WithPlaceBefore(_gate - 1, _gate + 1, IsCapitals(_gate - 1) && IsCapitals(_gate) ? 2 : -1));
        }

        return part;
    }

    private bool IsCapitals(int index)
    {
        foreach (var c in TextOf(index))
        {
            if (char.IsAsciiLetterLower(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>zip: 62704</c>, <c>"postal_code": "10115"</c>, <c>PLZ 10115</c>.</summary>
    private Part AfterCue()
    {
        var code = AfterPostcode(_gate);
        var i = _gate - 1;
        for (var skipped = 0; skipped < 6 && (At(i).Kind == TokenKind.Sign && "\"':=_|>*".Contains(_text[At(i).Start]) || IsWord(i, "code") || IsWord(i, "is")); skipped++)
        {
            i--;
        }

        return code > _gate && At(i).Kind == TokenKind.Word && At(i).Is(WordClass.ZipCue) && (TextOf(i).Length > 3 || i < _gate - 1 || At(i).Dot || !IsWord(i, "cap"))
            && !(TextOf(i).Length <= 3 && !IsUpper(i) && i == _gate - 1 && !IsWord(i, "zip"))
            ? new Part(_gate, WithNamesAfter(code), 1.6)
            : Part.None;
    }

    private int WithNamesAfter(int code) => At(code).Capital && AfterNames(code) is var names && names > code && IsSegmentEnd(names) ? names : code;

    /// <summary><c>Springfield, IL 62704-1234</c>, and the cells <c>IL | 62704</c>.</summary>
    private Part WithState()
    {
        if (!IsNumber(_gate, 5, 5))
        {
            return Part.None;
        }

        var end = AfterPostcode(_gate);
        var state = _gate - 1;
        var apart = 0;
        while (apart < 4 && At(state).Kind == TokenKind.Sign && "\",|'".Contains(_text[At(state).Start]))
        {
            state--;
            apart++;
        }

        if (end == _gate || !IsStateCode(state) || TextOf(state).Length != 2)
        {
            return Part.None;
        }

        var consistent = PostcodeShapes.IsIn(TextOf(state), TextOf(_gate));
        if (apart > 0)
        {
            return consistent ? new Part(_gate, end, 0.5) : Part.None;
        }

        var city = state - 1;
        var comma = IsSign(city, ',');
        city -= comma ? 1 : 0;
        if (IsName(city))
        {
            var first = city;
            while (first > city - 2 && IsName(first - 1) && !At(first - 1).Dot && !At(first - 1).Is(WordClass.Cue | WordClass.Country))
            {
                first--;
            }

            var military = At(city).Is(WordClass.Military) && IsUpper(city);
            first = military ? WithShip(city) : first;
            return new Part(first, end, (comma ? 2.2 : military ? 2.5 : 0.6) + (consistent ? 1 : 0));
        }

        return consistent && At(state - 1).Kind != TokenKind.Number ? new Part(state, end, 0.6) : Part.None;
    }

    /// <summary>The ship in the line before a naval post office.</summary>
    private int WithShip(int first) =>
        IsLine(first - 1) && IsName(first - 2) && IsUpper(first - 3) && TextOf(first - 3).StartsWith("US", StringComparison.Ordinal) ? first - 3 : first;

    /// <summary>A postcode before its place, where its form is a country's own or the place is known.</summary>
    private Part WithPlace()
    {
        var code = AfterPostcode(_gate);
        var names = AfterNames(code);
        if (code == _gate || names == code || !At(code).Capital || At(_gate - 1).Is(WordClass.Heading)
            || (At(_gate - 1).Kind == TokenKind.Sign && "#$€£=/".Contains(_text[At(_gate - 1).Start])))
        {
            return Part.None;
        }

        var digits = At(_gate).End - At(_gate).Start;
        var prefixed = IsSign(_gate - 1, '-') && IsGlued(_gate) && At(_gate - 2).Kind == TokenKind.Word && IsUpper(_gate - 2);
        var country = prefixed && PostcodeShapes.IsCountry(TextOf(_gate - 2), digits);
        if ((prefixed && !country) || At(code).Start - At(code - 1).End > MostBlanks || IsJoinedWord(code))
        {
            // An error's number and its name, the columns of a table.
            return Part.None;
        }

        var first = country ? _gate - 2 : _gate;
        var known = LargeCities.Contains(TextOf(code));
        var odds = country && digits is 4 or 5 ? 2
            : code == _gate + 2 && digits == 4 ? (IsMeasure(_gate + 1) || IsYear(_gate) ? -3 : 0.9) + (known ? 1 : 0)
            : code == _gate + 3 && digits is 2 or 4 ? 0.7 + (known ? 1.5 : 0)
            : known && digits is 4 or 5 && code == _gate + 1 && !IsYear(_gate) ? 0.8 + (digits == 5 ? 0.5 : 0)
            : known && code == _gate + 2 && digits == 3 ? 1
            : -4;
        return new Part(first, Tail(names) is var tail && tail.Odds > 0 ? tail.End : names, odds + Before(first));
    }

    /// <summary>Words written as one, as programs write them: <c>EmptyBasket</c>.</summary>
    private bool IsJoinedWord(int index)
    {
        var word = TextOf(index);
        for (var i = 2; i < word.Length; i++)
        {
            if (char.IsUpper(word[i]) && char.IsLower(word[i - 1]) && !(word.StartsWith("Mc", StringComparison.Ordinal) || word.StartsWith("Mac", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMeasure(int index) =>
        TextOf(index) is "AM" or "PM" or "MB" or "GB" or "KB" or "TB" or "PB" or "HZ" or "HP" or "KW" or "MW" or "GW" or "BC" or "AD" or "CE" or "EU" or "US" or "UK" or "IT" or "HR"
            or "PR" or "QA" or "OK" or "KM" or "CM" or "MM" or "KG" or "ML" or "MG" or "LB" or "OZ" or "FT" or "SQ" or "ID" or "IP" or "AI" or "IN" or "OR" or "TV" or "PC" or "CO" or "NW";

    /// <summary>A code whose form is enough, with the place before it.</summary>
    private Part WithPlaceBefore(int code, int end, double odds)
    {
        var first = code;
        for (var segments = 0; segments < 3; segments++)
        {
            var i = first - 1;
            i -= IsLine(i) ? 1 : 0;
            i -= IsSign(i, ',') ? 1 : 0;
            var last = i;
            while (i > last - 4 && (IsName(i) || (i < last && At(i).Is(WordClass.Particle) && At(i).Kind == TokenKind.Word)) && !At(i).Dot && !At(i).Is(WordClass.Cue))
            {
                i--;
            }

            while (i < last && !At(i + 1).Capital)
            {
                i++;
            }

            var isStreet = At(last).Is(WordClass.StrongType | WordClass.MediumType | WordClass.House);
            if (i == last || (segments > 0 && !isStreet && !IsHouseOrStreetBefore(i)))
            {
                break;
            }

            first = i + 1;
        }

        return new Part(first, end, odds + Before(first));
    }

    /// <summary>True when the segment that ends here is the name of a street or house.</summary>
    private bool IsHouseOrStreetBefore(int index)
    {
        var i = index - (IsLine(index) ? 1 : 0);
        i -= IsSign(i, ',') ? 1 : 0;
        return i < index && IsName(i) && At(i).Is(WordClass.StrongType | WordClass.MediumType | WordClass.House);
    }
}
