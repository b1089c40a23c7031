using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Chats;

namespace GatewayStack.Transform.Tests.Recognizers.Chats;

public sealed class SpeakerTests
{
    [Theory]
    [InlineData("[09:12] tobi_k: anyone got the login\n[09:12] marlow99: nope", "tobi_k", "marlow99")]
    [InlineData("<nachete> no me deja\n<Lu_ARG> por qué?\n<nachete> ni idea", "nachete", "Lu_ARG", "nachete")]
    [InlineData("10:02 <@smoker> morning all\n10:03 <pigeonpost> hi", "smoker", "pigeonpost")]
    [InlineData("flocke 14:02\nweiß wer das Passwort?\n\nDerAndere 14:03\nnee, sorry", "flocke", "DerAndere")]
    [InlineData("the_wei: whats the plan?\nstroudter: idk lol", "the_wei", "stroudter")]
    [InlineData("2041-09-11 07:40 skogsmulle\nNågon som har plats?\n\n2041-09-11 07:44 fru_holm\nJag kan ta er, tack", "skogsmulle", "fru_holm")]
    [InlineData("17:20:11 [Lobby] xKeks99: ich ich\n17:20:13 [Lobby] Opa_Heinz: du auch?", "xKeks99", "Opa_Heinz")]
    public void A_nickname_before_a_line(string text, params string[] names) =>
        Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username).ShouldBe(names.Select(n => $"USERNAME={n}"));

    [Theory]
    [InlineData("[10:02] Dana: can you see it?\n[10:03] Ewan: yes, thanks", "PERSON=Dana", "PERSON=Ewan")]
    public void A_person_stays_one(string text, params string[] found) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username, EntityTypes.Person).ShouldBe(found);

    [Theory]
    [InlineData("Maribel: ya está hecho!!\nMaribel: 20 cada uno\nChus: y yo cuándo pago?\nMaribel: mañana", "Maribel", "Maribel", "Chus", "Maribel")]
    [InlineData("सीमा दीदी: अरे सुनो, नंबर भेज दो\nबंटी: 6968\nसीमा दीदी: और क्या?\nबंटी: हाँ वही", "सीमा दीदी", "बंटी", "सीमा दीदी", "बंटी")]
    [InlineData("Лёха: кто сегодня на смене?\nЗульфия: я и ещё двое\nЛёха: ок\nЗульфия: он приезжал", "Лёха", "Зульфия", "Лёха", "Зульфия")]
    [InlineData("أم سعد: وين المفتاح؟\nراكان: عندي أنا\nأم سعد: طيب", "أم سعد", "راكان", "أم سعد")]
    [InlineData("阿强:你到哪里了?\n小芸:还有十分钟\n阿强:好的", "阿强", "小芸", "阿强")]
    [InlineData("พี่หนึ่ง: ถึงไหนแล้วคะ\nบอย: ใกล้ถึงแล้วครับ\nพี่หนึ่ง: ค่ะ", "พี่หนึ่ง", "บอย", "พี่หนึ่ง")]
    [InlineData("Kovács Réka: jössz ma?\nBence: igen, hatra\nKovács Réka: jó", "Kovács Réka", "Bence", "Kovács Réka")]
    [InlineData("12/03/2026, 18:44 - Ruzhdie Hoxha: a po vjen?\n12/03/2026, 18:45 - Besa: po, tani\n12/03/2026, 18:46 - Ruzhdie Hoxha: mirë", "Ruzhdie Hoxha", "Besa", "Ruzhdie Hoxha")]
    public void A_name_that_comes_back_before_lines_is_a_person(string text, params string[] names) =>
        Rows.Find(ChatRows.All, text, EntityTypes.Person).ShouldBe(names.Select(n => $"PERSON={n}"));

    [Theory]
    [InlineData("Titel: Der Fluss\nVerlag: Am Markt\n\nTitel: Die Brücke\nVerlag: Am Tor\n\nTitel: Das Tal\nVerlag: Am See")]
    [InlineData("Otázka: kde najdu účet?\nOdpověď: v nastavení, já ho tam mám\nOtázka: a heslo?\nOdpověď: tamtéž")]
    [InlineData("Lähettäjä: a@b.fi\nVastaanottaja: c@d.fi\nAihe: hei\nLähettäjä: c@d.fi\nVastaanottaja: a@b.fi\nAihe: kiitos")]
    [InlineData("用户:你好吗?\n助手:我很好\n用户:谢谢")]
    [InlineData("Accept: text/html\nVary: Origin\nSet-Cookie: a=b\nSet-Cookie: c=d\nVary: Accept")]
    [InlineData("Zutat: Mehl\nMenge: 200 g\nZutat: Zucker\nMenge: 50 g")]
    [InlineData("Vorteile: schnell und sehr günstig\nNachteile: etwas laut\nFazit: kaufen")]
    [InlineData("प्रश्न: क्या है?\nउत्तर: हाँ\nप्रश्न: कब?\nउत्तर: कल")]
    [InlineData("Zentrale: wo stehst du?\nFahrer: irgendwo hinter der Brücke\nZentrale: ja, warte")]
    [InlineData("Visitor: hi, is it about the crib?\nAngel: yes\nVisitor: thanks")]
    [InlineData("Voce: da me   Pezzi: 30\nTipo: io no\nVoce: e tu?   Pezzi: 4\nTipo: ti amo")]
    [InlineData("INFO: are you there?\nWARN: no\nINFO: yes we are\nWARN: ok")]
    public void Words_for_fields_and_roles_that_come_back_are_none(string text) => Rows.Find(ChatRows.All, text, EntityTypes.Person).ShouldBeEmpty();

    [Theory]
    [InlineData("user: how do I sort a list?\nassistant: use sorted, you can reverse it too")]
    [InlineData("Agent: hello, how can I help you?\nCustomer: my order is late\nAgent: sorry!")]
    [InlineData("name: shop\nimage: nginx latest build\nretry_count: how often we try again\nport: 80")]
    [InlineData("10:02:11 nginx: worker process started\n10:02:12 certbot: renewed two certificates\n10:02:13 health: all fine")]
    [InlineData("[04:00:07] INFO: ready\n[04:00:08] WARN: slow disk\n[04:00:09] ERROR: gone")]
    [InlineData("<div> <p> text </p> <span> more text </span> </div>\n<body> hi </body>")]
    [InlineData("Note: bring an umbrella?\nSubject: lunch\nWhere: the usual place")]
    [InlineData("linux-x64.tar.gz: OK\nlinux-arm64.tar.gz: OK")]
    [InlineData("Speaker 1: hi all\nspeaker2: hello\nspeaker1: thanks")]
    [InlineData("Monday 10:00\nstand up\n\nTuesday 11:00\nretro")]
    public void Roles_settings_and_logs_are_none(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Username).ShouldBeEmpty();
}
