using System.Collections.Frozen;
using System.Globalization;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>What the names of glyphs mean: those of Latin letters, digits and signs, and those that say their code point.</summary>
internal static class PdfGlyphNames
{
    private static readonly FrozenDictionary<string, string> Names = Signs().ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The text of a glyph; null for a name that says nothing.</summary>
    public static string? Find(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var bare = dot > 0 ? name[..dot] : name;
        if (bare.Length == 1)
        {
            return bare;
        }

        if (Names.TryGetValue(bare, out var text))
        {
            return text;
        }

        var digits = bare.StartsWith("uni", StringComparison.Ordinal) && bare.Length == 7 ? bare[3..] : bare.StartsWith('u') && bare.Length is >= 5 and <= 7 ? bare[1..] : string.Empty;
        return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) && System.Text.Rune.IsValid(point) ? char.ConvertFromUtf32(point) : null;
    }

    private static Dictionary<string, string> Signs()
    {
        const string signs = "space= |exclam=!|quotedbl=\"|numbersign=#|dollar=$|percent=%|ampersand=&|quotesingle='|quoteright=’|quoteleft=‘|parenleft=("
            + "|parenright=)|asterisk=*|plus=+|comma=,|hyphen=-|minus=-|period=.|slash=/|zero=0|one=1|two=2|three=3|four=4|five=5|six=6|seven=7"
            + "|eight=8|nine=9|colon=:|semicolon=;|less=<|equal==|greater=>|question=?|at=@|bracketleft=[|backslash=\\|bracketright=]"
            + "|asciicircum=^|underscore=_|grave=`|braceleft={|braceright=}|asciitilde=~|quotedblleft=“|quotedblright=”|quotedblbase=„"
            + "|quotesinglbase=‚|endash=–|emdash=—|ellipsis=…|bullet=•|fi=fi|fl=fl|ff=ff|ffi=ffi|ffl=ffl|germandbls=ß|ae=æ|AE=Æ|oe=œ|OE=Œ"
            + "|oslash=ø|Oslash=Ø|aring=å|Aring=Å|eth=ð|Eth=Ð|thorn=þ|Thorn=Þ|dotlessi=ı|lslash=ł|Lslash=Ł|ccedilla=ç|Ccedilla=Ç|section=§"
            + "|paragraph=¶|degree=°|copyright=©|registered=®|trademark=™|Euro=€|sterling=£|yen=¥|cent=¢|mu=µ|multiply=×|divide=÷|plusminus=±"
            + "|guillemotleft=«|guillemotright=»|guilsinglleft=‹|guilsinglright=›|exclamdown=¡|questiondown=¿|periodcentered=·|asteriskmath=*"
            + "|circlecopyrt=©|arrowright=→|arrowleft=←|arrowdblright=⇒|visiblespace= |lessequal=≤|greaterequal=≥|notequal=≠|equivalence=≡"
            + "|infinity=∞|dagger=†|daggerdbl=‡|perthousand=‰|fraction=/|florin=ƒ|currency=¤|macron=¯|acute=´|dieresis=¨|cedilla=¸|circumflex=^"
            + "|tilde=~|caron=ˇ|logicalnot=¬|onesuperior=¹|twosuperior=²|threesuperior=³|similar=~|prime=′|mapsto=↦|nbspace= |sfthyphen=-|bar="
            + "|brokenbar=¦|onehalf=½|onequarter=¼|threequarters=¾|ordfeminine=ª|ordmasculine=º";
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var sign in signs.Split('|'))
        {
            var equals = sign.IndexOf('=', StringComparison.Ordinal);
            names[sign[..equals]] = sign[(equals + 1)..] is { Length: > 0 } text ? text : "|";
        }

        // Each accent with pairs of a letter without and with it.
        foreach (var (accent, letters) in ((string, string)[])
        [
            ("grave", "AÀaàEÈeèIÌiìOÒoòUÙuùNǸnǹWẀwẁYỲyỳ"), ("acute", "AÁaáCĆcćEÉeéIÍiíLĹlĺNŃnńOÓoóRŔrŕSŚsśUÚuúWẂwẃYÝyýZŹzź"),
            ("circumflex", "AÂaâCĈcĉEÊeêGĜgĝHĤhĥIÎiîJĴjĵOÔoôSŜsŝUÛuûWŴwŵYŶyŷ"),
            ("tilde", "AÃaãIĨiĩNÑnñOÕoõUŨuũ"), ("dieresis", "AÄaäEËeëIÏiïOÖoöUÜuüWẄwẅYŸyÿ"), ("caron", "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzž"),
            ("cedilla", "SŞsşTŢtţ"),
            ("commaaccent", "GĢgģKĶkķLĻlļNŅnņRŖrŗSȘsșTȚtț"), ("ogonek", "AĄaąEĘeęIĮiįUŲuų"), ("macron", "AĀaāEĒeēIĪiīOŌoōUŪuū"),
            ("breve", "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ"),
            ("dotaccent", "CĊcċEĖeėGĠgġIİZŻzż"), ("ring", "UŮuů"), ("hungarumlaut", "OŐoőUŰuű"), ("croat", "DĐdđ"), ("bar", "HĦhħTŦtŧ"),
        ])
        {
            for (var i = 0; i < letters.Length; i += 2)
            {
                names[letters[i] + accent] = letters[i + 1].ToString();
            }
        }

        return names;
    }
}
