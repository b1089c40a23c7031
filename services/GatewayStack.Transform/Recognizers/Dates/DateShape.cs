using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>A date as it is written.</summary>
/// <param name="Start">First unit: before the first digit where the month's name comes first.</param>
/// <param name="End">First unit after it.</param>
/// <param name="IsBare">True for a year, eight digits, or a day without a year, which are dates only where a word says so.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DateShape(int Start, int End, bool IsBare)
{
    private const int LongestMonth = 13;

    /// <summary>Years of Japanese emperors are counted from one: <c>昭和48年</c>.</summary>
    private static readonly string[] Eras = ["明治", "大正", "昭和", "平成", "令和"];

    /// <summary>So long is the name of an era.</summary>
    public const int EraLength = 2;

    private static readonly WordTable<bool> Months = new([.. (
        "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec "
        + "januar jänner februar märz mai juni juli oktober dezember jän mrz okt dez janvier février mars avril juin juillet août septembre octobre novembre décembre "
        + "janv févr fév avr juil déc enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic "
        + "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott janeiro fevereiro março maio junho julho setembro outubro "
        + "novembro dezembro fev januari februari maart mei augustus mrt stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "
        + "januari mars augusti ocak şubat nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık января февраля марта апреля мая июня июля августа сентября октября "
        + "ноября декабря ledna února března dubna května června července srpna září října listopadu prosince "
        + "leden únor březen duben květen červen červenec srpen říjen listopad prosinec januára februára apríla mája júna júla augusta októbra "
        + "január február március április május június július augusztus szeptember október "
        + "ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna "
        + "studenoga studenog januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra januarja februarja junija julija "
        + "януари февруари април май юни юли август септември октомври ноември декември јануара фебруара априла маја јуна јула септембра октобра новембра децембра "
        + "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня январь февраль апрель июнь июль сентябрь октябрь ноябрь декабрь "
        + "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου "
        + "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta "
        + "marts desember maret agustus oktober ogos gener febrer març abril maig juny juliol agost setembre octubre novembre desembre "
        + "يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين جانفي فيفري أفريل "
        + "ماي جوان جويلية أوت فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند ژانویه فوریه آوریل ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر "
        + "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר "
        + "जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर "
        + "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর "
        + "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม "
        + "ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค")
        .Split(' ').Distinct(StringComparer.OrdinalIgnoreCase).Select(w => KeyValuePair.Create(w, true))]);

    /// <summary>Nothing.</summary>
    public static DateShape None => default;

    /// <summary>True for the name of a month.</summary>
    public static bool IsMonth(ReadOnlySpan<char> word) => Months.TryGetValue(word, out _);

    /// <summary>True where the name of an era ends, in which the years behind it are counted.</summary>
    public static bool EndsInEra(ReadOnlySpan<char> known)
    {
        foreach (var era in Eras)
        {
            if (known.EndsWith(era, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The date whose first digits stand at <paramref name="start"/>.</summary>
    public static DateShape Read(ReadOnlySpan<char> text, int start)
    {
        var first = Digits(text, start);
        return first switch
        {
            4 => FromYear(text, start),
            1 or 2 => FromDay(text, start, first),
            8 => IsCompact(text.Slice(start, 8)) ? new DateShape(start, start + 8, IsBare: true) : None,
            _ => None,
        };
    }

    private static DateShape FromYear(ReadOnlySpan<char> text, int start)
    {
        var isYear = IsYear(text.Slice(start, 4));
        if (!isYear && !IsOtherYear(text.Slice(start, 4)))
        {
            return None;
        }

        var at = start + 4;
        var separator = At(text, at);
        if (separator is '-' or '/' or '.' && Digits(text, at + 1) is 1 or 2)
        {
            var month = Digits(text, at + 1);
            var day = at + 1 + month;
            if (At(text, day) == separator && Digits(text, day + 1) is 1 or 2 && InRange(text.Slice(at + 1, month), 12) && InRange(text.Slice(day + 1, Digits(text, day + 1)), 31))
            {
                return new DateShape(start, day + 1 + Digits(text, day + 1), IsBare: false);
            }
        }

        if (!isYear)
        {
            return None;
        }

        if (separator is '年' or '년')
        {
            return new DateShape(start, AfterCounters(text, at), IsBare: false);
        }

        // "1943. március 5."
        var named = Skip(text, separator == '.' && At(text, at + 1) == ' ' ? at + 1 : at);
        var word = WordAt(text, named);
        if (named > at && IsMonth(word))
        {
            var day = Skip(text, named + word.Length);
            return Digits(text, day) is 1 or 2 && InRange(text.Slice(day, Digits(text, day)), 31) ? new DateShape(start, day + Digits(text, day), IsBare: false) : None;
        }

        return char.IsLetterOrDigit(separator) || separator is '-' or '/' ? None : new DateShape(start, at, IsBare: true);
    }

    private static int AfterCounters(ReadOnlySpan<char> text, int at)
    {
        var end = at + 1;
        while (end < text.Length && end < at + 12 && (char.IsAsciiDigit(text[end]) || text[end] is ' ' or '月' or '日' or '월' or '일'))
        {
            end++;
        }

        return end - (text[end - 1] == ' ' ? 1 : 0);
    }

    private static DateShape FromDay(ReadOnlySpan<char> text, int start, int length)
    {
        var at = start + length;
        var separator = At(text, at);
        if (separator == '年' && EndsInEra(text[..start]))
        {
            return new DateShape(start - EraLength, AfterCounters(text, at), IsBare: false);
        }

        if (!InRange(text.Slice(start, length), 31))
        {
            return None;
        }

        if (separator is '-' or '/' or '.')
        {
            var second = at + 1 + (separator == '.' && At(text, at + 1) == ' ' ? 1 : 0);
            var digits = Digits(text, second);
            if (digits is 1 or 2)
            {
                var last = second + digits;
                if (At(text, last) != separator || !InRange(text.Slice(second, digits), 31))
                {
                    return None;
                }

                last += 1 + (separator == '.' && At(text, last + 1) == ' ' ? 1 : 0);
                var year = Digits(text, last);
                var fits = (InRange(text.Slice(start, length), 12) || InRange(text.Slice(second, digits), 12)) && (year == 2 || (year == 4 && IsAnyYear(text.Slice(last, 4))));
                return fits ? new DateShape(start, last + year, IsBare: false) : None;
            }
        }

        at = AfterRank(text, at);
        var month = Skip(text, At(text, at) is '-' or '/' ? at + 1 : at);
        month = WordAt(text, month) is "of" or "de" ? Skip(text, month + 2) : month;
        var name = WordAt(text, month);
        if (IsMonth(name))
        {
            return WithYear(text, start, month + name.Length);
        }

        if (name is "tháng" && Skip(text, month + name.Length) is var number && Digits(text, number) is (1 or 2) and var count)
        {
            // 12 tháng 3 năm 1990
            return WithYear(text, start, number + count);
        }

        // March 12, 1985
        var before = WordBefore(text, start);
        return IsMonth(text[before..start].TrimEnd(" .")) && before < start - 2 ? WithYear(text, before, AfterRank(text, start + length)) : None;
    }

    private static DateShape WithYear(ReadOnlySpan<char> text, int start, int end)
    {
        var year = end;
        while (year < text.Length && year < end + 3 && text[year] is ' ' or '.' or ',' or '-' or '/' or '\'')
        {
            year++;
        }

        var of = WordAt(text, year);
        year = of is "of" or "de" or "del" or "năm" or "พ.ศ" ? Skip(text, year + of.Length + (At(text, year + of.Length) == '.' ? 1 : 0)) : year;
        return Digits(text, year) switch
        {
            4 when IsAnyYear(text.Slice(year, 4)) => new DateShape(start, year + 4, IsBare: false),
            2 when year == end && char.IsLetter(text[end - 1]) => new DateShape(start, year + 2, IsBare: true),
            2 when year > end && text[year - 1] is '-' or '/' or '\'' => new DateShape(start, year + 2, IsBare: false),
            _ => new DateShape(start, end, IsBare: true),
        };
    }

    private static int AfterRank(ReadOnlySpan<char> text, int at)
    {
        var word = WordAt(text, at);
        return word is "st" or "nd" or "rd" or "th" or "er" or "ST" or "ND" or "RD" or "TH" ? at + 2 : At(text, at) is '.' or 'º' ? at + 1 : at;
    }

    private static bool IsCompact(ReadOnlySpan<char> digits) =>
        (IsYear(digits[..4]) && InRange(digits.Slice(4, 2), 12) && InRange(digits[6..], 31))
            || (IsYear(digits[4..]) && InRange(digits[..2], 31) && InRange(digits.Slice(2, 2), 31));

    private static bool IsYear(ReadOnlySpan<char> digits) => digits[0] == '1' ? digits[1] is '9' or '8' : digits[0] == '2' && digits[1] == '0' && digits[2] < '4';

    /// <summary>A year of the Islamic, the Persian or the Buddhist calendar.</summary>
    private static bool IsOtherYear(ReadOnlySpan<char> digits) => digits[..2] is "13" or "14" or "24" or "25";

    private static bool IsAnyYear(ReadOnlySpan<char> digits) => IsYear(digits) || IsOtherYear(digits);

    private static bool InRange(ReadOnlySpan<char> digits, int most) =>
        (digits.Length == 1 ? digits[0] - '0' : ((digits[0] - '0') * 10) + digits[1] - '0') is var value && value >= 1 && value <= most;

    private static int Digits(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - at;
    }

    private static int Skip(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private static char At(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end < at + LongestMonth && (IsOfWord(text[end])
            || (text[end] == '.' && end > at && WordStart.IsUnblanked(text[end - 1]) && end + 1 < text.Length && IsOfWord(text[end + 1]))))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }

    private static bool IsOfWord(char c) => char.IsLetter(c) || WordStart.IsMark(c);

    private static int WordBefore(ReadOnlySpan<char> text, int end)
    {
        var at = end;
        while (at > 0 && text[at - 1] is ' ' or '.')
        {
            at--;
        }

        while (at > 0 && end - at < LongestMonth + 2 && char.IsLetter(text[at - 1]))
        {
            at--;
        }

        return at;
    }
}
