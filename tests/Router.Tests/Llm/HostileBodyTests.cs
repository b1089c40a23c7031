using System.Text;
using GatewayStack.Router.Llm;

namespace GatewayStack.Router.Tests.Llm;

/// <summary>What a body may cost before anybody has decided on it.</summary>
public sealed class HostileBodyTests
{
    private const string Hello = "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    [Fact]
    public void Many_texts_below_one_long_name_are_refused_before_they_are_multiplied() =>
        Wrong($"{{{Hello},\"{new string('k', 60_000)}\":[{Texts(15_000)}]}}").ShouldContain("too long names");

    [Fact]
    public void Names_inside_a_message_are_bounded_too() =>
        Wrong($"{{\"model\":\"m\",\"messages\":[{{\"role\":\"user\",\"content\":[{{\"{new string('k', 300)}\":\"x\"}}]}}]}}").ShouldContain("too long names");

    [Fact]
    public void The_number_of_texts_is_bounded() => Wrong($"{{{Hello},\"x\":[{Texts(25_000)}]}}").ShouldContain("too many texts");

    [Fact]
    public void Deep_pointers_are_bounded_in_sum()
    {
        var name = new string('k', 250);
        var open = string.Concat(Enumerable.Repeat($"{{\"{name}\":", 40));
        Wrong($"{{{Hello},\"x\":{open}[{Texts(1_000)}]{new string('}', 40)}}}").ShouldContain("too many texts");
    }

    [Fact]
    public void A_large_conversation_is_borne()
    {
        var messages = string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"{{\"role\":\"user\",\"content\":\"message {i}\"}}"));
        Read($"{{\"model\":\"m\",\"messages\":[{messages}]}}").Segments.Length.ShouldBe(5_000);
    }

    [Theory]
    [InlineData("the salary of Bob is 90000")]
    [InlineData("123-45-6789 is it")]
    [InlineData("bob@example.com")]
    public void A_text_in_a_members_name_is_inspected_and_cannot_be_edited(string name)
    {
        var request = Read($"{{{Hello},\"tools\":[{{\"type\":\"function\",\"function\":{{\"name\":\"f\",\"parameters\":{{\"properties\":{{\"{name}\":{{\"type\":\"string\"}}}}}}}}}}]}}");
        var segment = request.Segments.Single(s => s.Text == name);
        (segment.Part, segment.Editable).ShouldBe(("name", false));
    }

    [Fact]
    public void An_ordinary_name_is_no_text() =>
        Read($"{{{Hello},\"tools\":[{{\"type\":\"function\",\"function\":{{\"name\":\"f\",\"parameters\":{{\"$schema\":1,\"patient_id\":2,\"additionalProperties\":false}}}}}}]}}")
            .Segments.ShouldNotContain(s => s.Part == "name" && s.Text != "f");

    private static string Texts(int count) => string.Join(',', Enumerable.Repeat("\"aaa bbb\"", count));

    private static ChatRequest Read(string body)
    {
        ChatRequestReader.TryRead(Encoding.UTF8.GetBytes(body), out var request).ShouldBeNull();
        return request!;
    }

    private static string Wrong(string body) => ChatRequestReader.TryRead(Encoding.UTF8.GetBytes(body), out _).ShouldNotBeNull().Message;
}
