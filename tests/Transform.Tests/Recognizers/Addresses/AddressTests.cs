using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Addresses;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Recognizers.Addresses;

public sealed class AddressTests
{
    [Theory]
    [InlineData("12 Elm Grove Road, Cardiff CF24 3AB")]
    [InlineData("742 Evergreen Terrace, Springfield, IL 62704")]
    [InlineData("350 5th Ave, New York, NY 10118")]
    [InlineData("4387 Larson Extension Suite 110, New Jamesview, TX 77001")]
    [InlineData("78562 Wright Trail Apt. 935\nNorth Michael, KY 29183")]
    [InlineData("1234 Highway 61 South, Clarksdale, MS 38614")]
    [InlineData("1600 Pennsylvania Avenue NW, Washington, DC 20500")]
    [InlineData("123 Yonge St., Unit 5, Toronto, ON M5C 1W4")]
    [InlineData("Flat 2, 14 Church Lane, London SW1A 1AA")]
    [InlineData("Flat 12B, Maple House, 27 Station Road, Cambridge, CB1 2JW")]
    [InlineData("12 O'Connell Street, Dublin 1, D01 X2Y3")]
    [InlineData("12 George St, Sydney NSW 2000")]
    [InlineData("Unit 3/45 Chapel St, Windsor VIC 3181")]
    [InlineData("45 Queen Street, Auckland 1010")]
    [InlineData("24 Long Street, Cape Town 8001, South Africa")]
    [InlineData("Blk 123 Ang Mo Kio Ave 3 #08-123, Singapore 560123")]
    [InlineData("Flat 302, Sai Residency, MG Road, Bengaluru 560001")]
    [InlineData("Hauptstraße 12, 10115 Berlin")]
    [InlineData("Berliner Straße 45, 60311 Frankfurt am Main")]
    [InlineData("Karl-Marx-Str. 7a\n12043 Berlin\nDeutschland")]
    [InlineData("Am Hang 3, 8010 Graz")]
    [InlineData("Kärntner Straße 8, A-1010 Wien")]
    [InlineData("Bahnhofstrasse 1, 8001 Zürich")]
    [InlineData("Straße des 17. Juni 135, 10623 Berlin")]
    [InlineData("12 rue de la Paix, 75002 Paris")]
    [InlineData("12 bis, avenue Jean Jaurès, 69007 Lyon")]
    [InlineData("Rue de la Loi 16, 1000 Bruxelles")]
    [InlineData("Calle Mayor 3, 2º B, 28013 Madrid")]
    [InlineData("Calle 26 # 13-19, Bogotá")]
    [InlineData("Av. Insurgentes Sur 1602, Col. Crédito Constructor, 03940 Ciudad de México")]
    [InlineData("Av. Corrientes 1234, Piso 5, C1043AAZ Buenos Aires")]
    [InlineData("Via Giuseppe Garibaldi 12, 20121 Milano")]
    [InlineData("Corso Buenos Aires 33/A - 20124 Milano")]
    [InlineData("Rua Augusta, 1500 - Consolação, São Paulo - SP, 01304-001")]
    [InlineData("Rua do Comércio 12, 4.º Dto, 4050-253 Porto")]
    [InlineData("ul. Marszałkowska 10/12 m. 5, 00-590 Warszawa")]
    [InlineData("Vodičkova 12, 110 00 Praha 1")]
    [InlineData("Prins Hendrikkade 33, 1012 TM Amsterdam")]
    [InlineData("Storgatan 5, 111 22 Stockholm")]
    [InlineData("Karl Johans gate 12, 0154 Oslo")]
    [InlineData("Vesterbrogade 12, 2. tv, 1620 København V")]
    [InlineData("Mannerheimintie 5, 00100 Helsinki")]
    [InlineData("Atatürk Mah. Cumhuriyet Cad. No: 12 D: 3, 34400 İstanbul")]
    [InlineData("1-2-3 Shibuya, Shibuya-ku, Tokyo 150-0002")]
    [InlineData("152 Teheran-ro, Gangnam-gu, Seoul 06236")]
    [InlineData("No. 88 Jianguo Road, Chaoyang District, Beijing 100022")]
    [InlineData("ул. Ленина, д. 5, кв. 12, Москва 101000")]
    [InlineData("東京都渋谷区渋谷2-21-1")]
    [InlineData("Kalevankatu 31 B 14, 40100 Jyväskylä")]
    [InlineData("Садовая 5, кв. 12")]
    [InlineData("南宁市青秀区凤岭北路 18 号荣和山水 9 栋 1502")]
    [InlineData("경기도 고양시 일산동구 강송로 87, 204동 1103호")]
    [InlineData("P.O. Box 1234, Austin, TX 78701")]
    [InlineData("Postfach 10 20 30, 50667 Köln")]
    [InlineData("PSC 1234, Box 5678\nAPO AE 09012")]
    [InlineData("1234 Elm St,Springfield,IL,62704")]
    [InlineData("12 Long Lane\nLittle Hampton\nBN17 5AB\nUnited Kingdom")]
    public void Read_to_its_end(string address)
    {
        Rows.Find(AddressRows.All, address).ShouldBe([$"ADDRESS={address}"]);
        Rows.Find(AddressRows.All, $"It is this: {address}; no more.").ShouldBe([$"ADDRESS={address}"]);
    }

    [Theory]
    [InlineData("we live at 42 maple street, portland, or 97205 now", "42 maple street, portland, or 97205")]
    [InlineData("send it to 123 main st apt 4 please", "123 main st apt 4")]
    [InlineData("Her zip code is 90210.", "90210")]
    [InlineData("{\"postal_code\": \"10115\"}", "10115")]
    [InlineData("| IL | 62704 |", "62704")]
    [InlineData("write to SW1A 1AA", "SW1A 1AA")]
    [InlineData("She is at M5V 3L9 now", "M5V 3L9")]
    [InlineData("tenant of 221B Baker Street, your lease", "221B Baker Street")]
    [InlineData("He moved from 8 Elm Close in May", "8 Elm Close")]
    [InlineData("{\"address\": \"12 Hidden Hollow\", \"n\": 1}", "12 Hidden Hollow")]
    [InlineData("Address: Rose Cottage, Mill Lane, Ashby", "Rose Cottage, Mill Lane, Ashby")]
    [InlineData("\"home\": \"55 Lake View Dr\\nMadison, WI 53703\"", "55 Lake View Dr\\nMadison, WI 53703")]
    [InlineData("CH-8001 Zürich ist schön", "CH-8001 Zürich")]
    public void Found(string text, string expected) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Address).ShouldBe([$"ADDRESS={expected}"]);

    [Theory]
    [InlineData("Ingredients: 2 cl Worcestershire sauce, 4 cl Vodka, Tabasco")]
    [InlineData("The Main Street app has 12 features and Street Fighter 6 sells well.")]
    [InlineData("Version 5.2 of the Drive C: tool; see chapter 12 Main concepts.")]
    [InlineData("In 2024 Google Drive had 3 outages.")]
    [InlineData("He came 1st place, 2nd Street was closed.")]
    [InlineData("5 St is not an address, 10 Downing tools")]
    [InlineData("3 Google Drive folders were shared")]
    [InlineData("A 10 minute drive from the station")]
    [InlineData("The 2 Lane Road project and the 4 Wheel Drive")]
    [InlineData("7 Best Street Food Stalls in Bangkok")]
    [InlineData("12 Angry Men is a film; 24 Hour Party People too")]
    [InlineData("Dr. 5 and Prof. 6")]
    [InlineData("log 2024-01-05 12:30:45 INFO Server started on port 8080 Listening")]
    [InlineData("Order 12345 Items: 3 Apples, 4 Pears")]
    [InlineData("Table 3 Park visitors by year, 2019 London 2020 Paris")]
    [InlineData("via email 3 times, Via Port 80 Open")]
    [InlineData("Gate 12 Boarding, Room 5 Floor 2")]
    [InlineData("Spring 2026 Release; Engineering 5 Team")]
    [InlineData("const x = 5; // St. Elmo")]
    [InlineData("Parkplatz 12 Autos")]
    [InlineData("Bitte auf Platz 3 warten")]
    [InlineData("Copyright 2013, 2014 Red Hat\n 2016 Google Inc.\n 2017 Sun Systems")]
    [InlineData("PORT 8080 OR 12345 IN 46001")]
    [InlineData("1030 AM Meeting, 2000 MB Free")]
    [InlineData("200 OK, 404 Not Found, 301 Moved Permanently")]
    [InlineData("signal.Notify(make(chan os.Signal, 10))")]
    [InlineData("strings.substr 2, wcsstr.3")]
    [InlineData("The Free Software Foundation, Inc., 51 Franklin Street, Fifth Floor, Boston, MA 02110-1301 USA")]
    [InlineData("IP address: 10.1.2.x and address: 0x7fff5fbff8c0")]
    [InlineData("an order AB12 3XY, sku: B2 3AB")]
    public void Not_found(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Address).ShouldBeEmpty();

    [Theory]
    [InlineData("MA 02139", true)]
    [InlineData("IL 62704", true)]
    [InlineData("IL 90210", false)]
    [InlineData("XX 90210", false)]
    public void A_code_lies_in_its_state(string text, bool expected) => PostcodeShapes.IsIn(text.AsSpan(0, 2), text.AsSpan(3)).ShouldBe(expected);

    [Fact]
    public void A_stream_holds_names_and_no_more()
    {
        AddressReach.StartOf("we met in the ").ShouldBe("we met in the ".Length);
        AddressReach.StartOf("ich wohne in der Berliner Straße ").ShouldBe("ich wohne in der ".Length);
        AddressReach.StartOf("habite rue de la Paix ").ShouldBe("habite ".Length);
    }

    /// <summary>What the first look passes over: whatever stands round them, the parser finds nothing either.</summary>
    [Fact]
    public void A_number_between_a_number_and_a_number_or_a_measure_is_in_no_address()
    {
        string[] words = ["Hauptstraße", "Calle", "rue", "High Street", "P.O. Box", "zip", "No.", "Flat", "Springfield, IL", "Berlin", "Praha", "Road", "12,", "º", "#", ",", "th", "Leeds", "CR", "at"];
        string[] measures = ["14ms", "5784kg", "2EZ", "1118AX", "90b2"];
        var random = new Random(5);
        for (var round = 0; round < 20_000; round++)
        {
            var isMeasure = random.Next(2) == 0;
            var number = Digits(random, isMeasure || random.Next(2) == 0 ? random.Next(1, 3) : random.Next(4, 7));
            var next = isMeasure ? measures[random.Next(measures.Length)] : Digits(random, random.Next(2, 6));
            var text = $"{Some(words, random)} {Digits(random, random.Next(1, 6))}";
            var start = text.Length + 1;
            text += $" {number} {next} {Some(words, random)}";

            AddressGlance.IsWorthIt(text, start, 1).ShouldBeFalse(text);
            AddressVerifier.Verify(new Match(new ScannedText(text, null), 0..text.Length, start, number.Length, truncated: false)).Length.ShouldBe(0, text);
        }
    }

    private static string Digits(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('0' + random.Next(10))));

    private static string Some(string[] words, Random random) => string.Join(' ', Enumerable.Range(0, random.Next(4)).Select(_ => words[random.Next(words.Length)]));

    [Theory]
    [InlineData("(Alžběta, bytem Okružní 883/12, Broumovec) ohledně vozu", "Okružní 883/12, Broumovec")]
    [InlineData("Địa chỉ thường trú vẫn ở số 46/9 Lê Lợi, phường 2, TP. Sa Đéc, Đồng Tháp.", "số 46/9 Lê Lợi, phường 2, TP. Sa Đéc, Đồng Tháp")]
    [InlineData("проживает по адресу Летная, 21к2, кв. 88, звонить вечером", "Летная, 21к2, кв. 88")]
    [InlineData("zam. Krótka 12, Sokółka, PESEL inny", "Krótka 12, Sokółka")]
    [InlineData("residente em Vale de Cambra, Lugar do Souto 14, com filhos", "Vale de Cambra, Lugar do Souto 14")]
    public void Behind_a_word_for_where_somebody_lives(string text, string expected) => Rows.Find([SaidAddress.Row], text).ShouldBe([$"ADDRESS={expected}"]);

    [Theory]
    [InlineData("byl jsem s bytem spokojen 3 roky")]
    [InlineData("s bytem 3+1 v osobním vlastnictví")]
    [InlineData("адрес сервера 10.0.0.1")]
    [InlineData("địa chỉ IP của máy là 10.0.0.1")]
    [InlineData("العنوان: تقرير المبيعات")]
    [InlineData("zam. 12345678")]
    public void Other_words_behind_it_are_none(string text) => Rows.Find([SaidAddress.Row], text).ShouldBeEmpty();
}
