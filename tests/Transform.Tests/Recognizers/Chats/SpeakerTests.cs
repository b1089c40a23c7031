using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

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
