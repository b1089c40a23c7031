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
        + "台中市 서울특별시 서울시 서울 부산광역시 부산시 대구광역시 인천광역시 광주광역시 대전광역시 울산광역시 세종특별자치시 경기도 강원도 충청북도 충청남도 전라북도 전라남도 경상북도 경상남도 제주특별자치도 "
        + "石家庄市 唐山市 秦皇岛市 邯郸市 邢台市 保定市 张家口市 承德市 沧州市 廊坊市 衡水市 太原市 大同市 阳泉市 长治市 晋城市 朔州市 晋中市 运城市 忻州市 临汾市 "
        + "吕梁市 呼和浩特市 包头市 赤峰市 通辽市 鄂尔多斯市 沈阳市 大连市 鞍山市 抚顺市 本溪市 丹东市 锦州市 营口市 阜新市 辽阳市 盘锦市 铁岭市 葫芦岛市 长春市 "
        + "四平市 通化市 松原市 哈尔滨市 齐齐哈尔市 鸡西市 大庆市 佳木斯市 牡丹江市 绥化市 无锡市 徐州市 常州市 苏州市 南通市 连云港市 淮安市 盐城市 扬州市 镇江市 "
        + "泰州市 宿迁市 宁波市 温州市 嘉兴市 湖州市 绍兴市 金华市 衢州市 舟山市 台州市 丽水市 义乌市 合肥市 芜湖市 蚌埠市 淮南市 马鞍山市 安庆市 滁州市 阜阳市 "
        + "宿州市 六安市 亳州市 宣城市 福州市 厦门市 莆田市 三明市 泉州市 漳州市 南平市 龙岩市 宁德市 南昌市 景德镇市 萍乡市 九江市 新余市 鹰潭市 赣州市 吉安市 "
        + "宜春市 抚州市 上饶市 济南市 青岛市 淄博市 枣庄市 东营市 烟台市 潍坊市 济宁市 泰安市 威海市 日照市 临沂市 德州市 聊城市 滨州市 菏泽市 郑州市 开封市 "
        + "洛阳市 平顶山市 安阳市 新乡市 焦作市 濮阳市 许昌市 漯河市 南阳市 商丘市 信阳市 周口市 驻马店市 黄石市 十堰市 宜昌市 襄阳市 鄂州市 荆门市 孝感市 荆州市 "
        + "黄冈市 咸宁市 长沙市 株洲市 湘潭市 衡阳市 邵阳市 岳阳市 常德市 益阳市 郴州市 永州市 怀化市 娄底市 珠海市 汕头市 佛山市 韶关市 湛江市 茂名市 肇庆市 "
        + "惠州市 梅州市 汕尾市 河源市 阳江市 清远市 东莞市 中山市 潮州市 揭阳市 云浮市 南宁市 柳州市 桂林市 梧州市 北海市 防城港市 钦州市 贵港市 玉林市 百色市 "
        + "贺州市 河池市 来宾市 崇左市 海口市 三亚市 自贡市 攀枝花市 泸州市 德阳市 绵阳市 广元市 遂宁市 内江市 乐山市 南充市 眉山市 宜宾市 广安市 达州市 雅安市 "
        + "巴中市 资阳市 贵阳市 六盘水市 遵义市 安顺市 毕节市 铜仁市 昆明市 曲靖市 玉溪市 保山市 昭通市 丽江市 普洱市 临沧市 拉萨市 西安市 铜川市 宝鸡市 咸阳市 "
        + "渭南市 延安市 汉中市 榆林市 安康市 商洛市 兰州市 金昌市 白银市 天水市 武威市 张掖市 平凉市 酒泉市 庆阳市 定西市 西宁市 银川市 石嘴山市 吴忠市 乌鲁木齐市 "
        + "克拉玛依市 札幌市 仙台市 さいたま市 千葉市 横浜市 川崎市 相模原市 新潟市 静岡市 浜松市 名古屋市 大阪市 堺市 神戸市 岡山市 広島市 北九州市 福岡市 熊本市 "
        + "金沢市 高松市 松山市 長崎市 鹿児島市 那覇市 宇都宮市 前橋市 高崎市 水戸市 つくば市 船橋市 川口市 八王子市 藤沢市 横須賀市 豊橋市 豊田市 岐阜市 四日市市 "
        + "大津市 奈良市 和歌山市 姫路市 尼崎市 西宮市 倉敷市 福山市 下関市 徳島市 高知市 大分市 宮崎市 고양시 성남시 수원시 용인시 부천시 안산시 안양시 남양주시 "
        + "화성시 평택시 의정부시 시흥시 파주시 김포시 광명시 군포시 천안시 청주시 전주시 포항시 창원시 김해시 구미시 진주시 원주시 춘천시 강릉시 제주시 여수시 "
        + "순천시 목포시 경주시 양산시 거제시 广西壮族自治区 内蒙古自治区 宁夏回族自治区 新疆维吾尔自治区 西藏自治区 广西 臺北市 臺中市 臺南市 桃園市 新竹市 대구시 "
        + "인천시 광주시 대전시 울산시 세종시 강원특별자치도 전북특별자치도";

    /// <summary>So many units behind an address are looked at for block and flat.</summary>
    private const int MostUnits = 24;

    /// <summary>What counts blocks and flats.</summary>
    private const string Units = "동호층栋棟幢室楼樓层層座号號";

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
        After = MostUnits,
        SameLine = true,
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

        return new Verdict(WithUnits(match.Text, match.Start + end) - match.Start, 0.9);
    }

    /// <summary>Block and flat behind a comma: <c>, 204동 1103호</c>.</summary>
    private static int WithUnits(ReadOnlySpan<char> text, int end)
    {
        for (var at = end; ;)
        {
            while (at < text.Length && text[at] is ' ' or ',' or '、')
            {
                at++;
            }

            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at])))
            {
                at++;
            }

            if (at == start || at >= text.Length || !Units.Contains(text[at]))
            {
                return end;
            }

            end = ++at;
        }
    }
}
