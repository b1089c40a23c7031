namespace GatewayStack.Transform.Tests.Names.Scripts;

/// <summary>Names of scripts without capitals: found by lists and by what stands beside them; greetings, subjects and lists of goods are none.</summary>
public sealed class ScriptNameTests
{
    [Theory]
    [InlineData("你好，我是王建国，想查询订单。", "PERSON=王建国")]
    [InlineData("请给张伟先生发一封邮件。", "PERSON=张伟")]
    [InlineData("姓名：刘洋", "PERSON=刘洋")]
    [InlineData("下周去北京出差。", "LOCATION=北京")]
    [InlineData("はじめまして、田中太郎と申します。", "PERSON=田中太郎")]
    [InlineData("鈴木さんに資料を送ってください。", "PERSON=鈴木")]
    [InlineData("来週大阪に出張します。", "LOCATION=大阪")]
    [InlineData("김민수가 회의에 참석했습니다.", "PERSON=김민수")]
    [InlineData("최영희님, 주문해 주셔서 감사합니다.", "PERSON=최영희")]
    [InlineData("서울에서 만나요.", "LOCATION=서울")]
    [InlineData("ส่งเอกสารให้คุณวิชัยด้วยนะคะ", "PERSON=วิชัย")]
    [InlineData("שלום, קוראים לי דוד כהן.", "PERSON=דוד כהן")]
    [InlineData("ד\"ר נועה שפירא תקבל אתכם.", "PERSON=נועה שפירא")]
    [InlineData("الدكتور يوسف إبراهيم سيستقبلكم غدا.", "PERSON=يوسف إبراهيم")]
    [InlineData("राजेश कुमार ने फोन किया था।", "PERSON=राजेश कुमार")]
    public void A_name_with_a_reason(string text, string expected) => Modules.Default.Find(text).ShouldBe([expected]);

    [Theory]
    [InlineData("你好")]
    [InlineData("请帮我把这段文字翻译成英文")]
    [InlineData("主题：会议通知")]
    [InlineData("牛奶\n面包\n鸡蛋")]
    [InlineData("高铁和飞机哪个更环保？")]
    [InlineData("高年级同学请到操场集合")]
    [InlineData("こんにちは")]
    [InlineData("お客様の声：画面が見にくい")]
    [InlineData("안녕하세요")]
    [InlineData("고객님, 감사합니다")]
    [InlineData("선생님, 숙제를 두고 왔어요.")]
    [InlineData("สวัสดีครับ")]
    [InlineData("คุณสมบัติของสินค้า")]
    [InlineData("שלום")]
    [InlineData("בוקר טוב")]
    [InlineData("مرحبا")]
    [InlineData("رمضان كريم")]
    [InlineData("नमस्ते")]
    [InlineData("Привет")]
    [InlineData("Здравствуйте! Подскажите, как вернуть товар?")]
    [InlineData("Переклади: The package was delivered yesterday.")]
    [InlineData("Καλημέρα! Σήμερα θα αργήσω λίγο.")]
    public void A_clause_or_a_greeting_is_none(string text) => Modules.Default.Find(text).ShouldBeEmpty();
}
