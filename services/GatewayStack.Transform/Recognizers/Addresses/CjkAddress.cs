using System.Buffers;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>Addresses in the scripts of China, Japan and Korea: they begin with a province or city and go down to the house.</summary>
internal static class CjkAddress
{
    private const string Regions =
        "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 "
        + "大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県 北京市 上海市 天津市 重庆市 广东省 江苏省 浙江省 "
        + "山东省 河南省 河北省 湖南省 湖北省 四川省 福建省 安徽省 江西省 陕西省 山西省 辽宁省 吉林省 黑龙江省 云南省 贵州省 甘肃省 海南省 青海省 广州市 深圳市 杭州市 南京市 成都市 武汉市 台北市 新北市 高雄市 "
        + "台中市 서울특별시 서울시 서울 부산광역시 부산시 대구광역시 인천광역시 광주광역시 대전광역시 울산광역시 세종특별자치시 경기도 강원도 충청북도 충청남도 전라북도 전라남도 경상북도 경상남도 제주특별자치도";

    /// <summary>What a number counts in an address.</summary>
    private static readonly SearchValues<char> Parts = SearchValues.Create("区區市町村县縣路街道号號丁番巷弄里村镇鎮구동로길읍면");

    private static readonly SearchValues<char> Body = SearchValues.Create(
        [.. "0123456789- ()#", .. Enumerable.Range(0x3040, 0x6FC0).Concat(Enumerable.Range(0xAC00, 0x2BA4)).Select(c => (char)c).Where(char.IsLetter)]);

    /// <summary>The row.</summary>
    public static Recognizer Row { get; } = new()
    {
        Name = "address-cjk",
        Type = EntityTypes.Address,
        Gate = Gate.Keyword,
        Keywords = [.. Regions.Split(' ')],
        Score = 0.9,
        Body = Body,
        MaxLength = 64,
        MinLength = 6,
        Pattern = Patterns.Anchored(@"[\w \-()#]{5,64}"),
        Verify = Verify,
    };

    /// <summary>Runs to the last number and what it counts.</summary>
    private static Verdict Verify(in Match match)
    {
        var value = match.Value;
        var last = value.LastIndexOfAny(Alphabets.Digit);
        if (last < 0 || !value[..(last + 1)].ContainsAny(Parts))
        {
            return Verdict.No;
        }

        var end = last + 1;
        while (end < value.Length && end <= last + 2 && "号號室楼樓层層階番地호층동".Contains(value[end]))
        {
            end++;
        }

        return new Verdict(end, 0.9);
    }
}
