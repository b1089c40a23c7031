using System.Buffers;
using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Tells addresses from what only has an at sign in it, such as <c>package@1.0.0-beta.rc</c>.</summary>
internal static class EmailVerifier
{
    private static readonly string[] Files = ["png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "ts", "json", "html", "scss", "ico", "yml", "yaml", "patch"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Readers =
        ("you your your-name your.name your_name yourname your-email your.email youremail first.last firstname.lastname first.lastname firstname lastname first_last someone "
            + "somebody anyone anybody "
            + "nobody name my-name myname email e-mail mail address placeholder local-part")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Who reads, in words that are nobody's address anywhere.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Anywhere =
        ("you your-name your.name your_name yourname your-email your.email youremail first.last firstname.lastname firstname_lastname firstnamelastname vorname.nachname "
            + "prenom.nom prénom.nom nombre.apellido nome.cognome nome.sobrenome "
            + "voornaam.achternaam imie.nazwisko imię.nazwisko fornamn.efternamn votre.nom votre-nom ihr.name ihr-name dein.name tu.nombre tu-nombre tuo.nome seu.nome uw.naam "
                + "jouw.naam twoje.imie ditt.namn")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Top-level domains of scripts without blanks (IANA), and those set aside for tests.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Tops =
        ("中国 中國 香港 台湾 台灣 澳門 澳门 新加坡 公司 网络 在线 中文网 网址 我爱你 集团 商城 网站 移动 政务 公益 机构 组织机构 手机 世界 企业 信息 商店 商标 娱乐 游戏 广东 佛山 时尚 健康 慈善 招聘 餐厅 食品 购物 网店 "
            + "珠宝 大拿 八卦 点看 新闻 天主教 微博 谷歌 联通 淡马锡 嘉里 嘉里大酒店 香格里拉 大众汽车 飞利浦 诺基亚 亚马逊 电讯盈科 一号店 家電 書籍 通販 みんな コム ストア セール ファッション クラウド ポイント アマゾン グーグル 한국 삼성 닷컴 닷넷 ไทย คอม "
            + "测试 測試 テスト 테스트")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What ends a link's host, or the link, or stands between two links.</summary>
    private static readonly SearchValues<char> NoLogin = SearchValues.Create(" \t\r\n/?#\"'<>()[]|,;@");

    private static readonly string[] Messages = ["message-id", "message_id", "messageid", "msgid", "msg-id", "in-reply-to", "references", "in article", "in message", "news:",
        "mid:", "cid:"];

    public static Verdict Verify(in Match match)
    {
        if (DomainEnd(match.Value) is var end && end < match.Length)
        {
            return Verify(match.UpTo(end));
        }

        var domain = match.Value[(match.Value.IndexOf('@') + 1)..];
        var surplus = domain.Length - TopEnd(domain);
        if (surplus > 0)
        {
            return surplus == domain.Length ? Verdict.No : Verify(match.UpTo(match.Length - surplus));
        }

        var label = domain[..domain.IndexOf('.')];
        var isVersion = !label.ContainsAnyExcept(Alphabets.Digit) && char.IsAsciiDigit(domain[label.Length + 1]);
        return isVersion || IsUnit(domain) || IsFile(domain) || IsRepository(match) || IsMessage(match) || IsPlaceholder(match.Value[..match.Value.IndexOf('@')], domain)
            || IsLogin(match.Text[..(match.Start + match.Value.IndexOf('@'))]) ? Verdict.No
            : IsBehindEscape(match) ? new Verdict(match.Length - 1, 0.97, Offset: 1)
            : new Verdict(match.Length, 0.97);
    }

    /// <summary>The end of a link's user and password, with the host behind it: <c>postgres://app:x@db.internal</c>. A colon there that parts no password says nothing.</summary>
    private static bool IsLogin(ReadOnlySpan<char> before)
    {
        if (before.LastIndexOf("://") is not (>= 0 and var scheme))
        {
            return false;
        }

        var login = before[(scheme + 3)..];
        return !login.ContainsAny(NoLogin) && login.IndexOf(':') is >= 0 and var colon && ConnectionVerifier.IsPassword(login[..colon], login[(colon + 1)..]);
    }

    /// <summary>Where a line ends before an address as programs and JSON write it, <c>\njane@example.com</c>, the letter of the escape is not the person's.</summary>
    private static bool IsBehindEscape(in Match match) =>
        match.Start > 0 && match.Text[match.Start - 1] == '\\' && match.Value[0] is 'n' or 'r' or 't' && match.Value[1] != '@';

    /// <summary>
    /// Where a domain in a script without blanks ends: behind a top-level domain that there is. The full stop of Chinese and Japanese parts domains as well, and may be that
    /// of a sentence: then it is none, and ends at 0.
    /// </summary>
    private static int TopEnd(ReadOnlySpan<char> domain)
    {
        var start = domain.LastIndexOf('.') + 1;
        if (!WordStart.IsUnblanked(domain[start]))
        {
            return domain.Length;
        }

        for (var end = domain.Length; end > start; end--)
        {
            if (Tops.Contains(domain[start..end]))
            {
                return end;
            }
        }

        return 0;
    }

    /// <summary>An instance of a unit of systemd: <c>user@1000.service</c>.</summary>
    private static bool IsUnit(ReadOnlySpan<char> domain) => domain[(domain.LastIndexOf('.') + 1)..] is "service" or "socket" or "timer" or "slice" or "target" or "scope";

    /// <summary>Where a domain in ASCII ends before letters of a script without blanks: <c>jane@example.com</c> in front of a particle.</summary>
    private static int DomainEnd(ReadOnlySpan<char> address)
    {
        var at = address.IndexOf('@');
        for (var i = at + 1; i < address.Length; i++)
        {
            if (address[i] >= 128)
            {
                var label = i - 1 - address[..i].LastIndexOf('.');
                return WordStart.IsUnblanked(address[i]) && label >= 2 && address[(at + 1)..i].Contains('.') ? i : address.Length;
            }
        }

        return address.Length;
    }

    /// <summary>A picture for a dense screen: <c>logo@2x.png</c>.</summary>
    private static bool IsFile(ReadOnlySpan<char> domain)
    {
        var extension = domain[(domain.LastIndexOf('.') + 1)..];
        foreach (var known in Files)
        {
            if (extension.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An address that stands for the reader's own: a word for whoever reads at a name that is set aside for documentation (RFC 2606), or a name that says
    /// "your". Any other address at such a domain, <c>user@example.com</c> too, may be somebody's.</summary>
    private static bool IsPlaceholder(ReadOnlySpan<char> local, ReadOnlySpan<char> domain) =>
        domain.StartsWith("your", StringComparison.OrdinalIgnoreCase) || domain.StartsWith("my-domain.", StringComparison.OrdinalIgnoreCase)
        || domain.StartsWith("mydomain.", StringComparison.OrdinalIgnoreCase)
        || Anywhere.Contains(local) || (Readers.Contains(local) && IsReserved(domain));

    private static bool IsReserved(ReadOnlySpan<char> domain)
    {
        var top = domain[(domain.LastIndexOf('.') + 1)..];
        var second = domain[..^(top.Length + 1)];
        second = second[(second.LastIndexOf('.') + 1)..];
        return top.Equals("example", StringComparison.OrdinalIgnoreCase) || top.Equals("test", StringComparison.OrdinalIgnoreCase)
            || top.Equals("invalid", StringComparison.OrdinalIgnoreCase)
            || (top is "com" or "net" or "org" && (second.Equals("example", StringComparison.OrdinalIgnoreCase) || second.Equals("domain", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The name of a message (RFC 5322), which is written like an address.</summary>
    private static bool IsMessage(in Match match)
    {
        var line = match.Text[..match.Start];
        line = line[(line.LastIndexOf('\n') + 1)..];
        var open = line.LastIndexOfAny('<', ':');
        if (open < 0 || line[open..].Contains(' '))
        {
            return false;
        }

        if (match.At(-1) == '<' && IsRandom(match.Value[..match.Value.IndexOf('@')]))
        {
            return true;
        }

        foreach (var word in Messages)
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Hexadecimal digits, as programs name messages.</summary>
    private static bool IsRandom(ReadOnlySpan<char> local)
    {
        int letters = 0, digits = 0;
        foreach (var c in local)
        {
            if (!char.IsAsciiHexDigitLower(c) && c is not ('.' or '-'))
            {
                return false;
            }

            letters += char.IsAsciiLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return local.Length >= 12 && letters > 0 && digits >= 4;
    }

    /// <summary>The account that everyone shares: <c>git@github.com:group/project.git</c>.</summary>
    private static bool IsRepository(in Match match) => match.Value.StartsWith("git@") && match.At(match.Length) is ':' or '/';
}
