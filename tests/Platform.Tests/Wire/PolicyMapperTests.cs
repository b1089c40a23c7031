using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Policy;
using Google.Protobuf;
using Common = GatewayStack.Wire.Common.V1;
using V1 = GatewayStack.Wire.Policy.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class PolicyMapperTests
{
    [Fact]
    public void Questions_survive_the_wire() =>
        Seeded.Check(PolicyGenerator.Questions, 1_000, question =>
        {
            var bytes = PolicyMapper.ToMessage(question).ToByteArray();
            Json(PolicyMapper.ToRecord(V1.PolicyQuestion.Parser.ParseFrom(bytes))!).ShouldBe(Json(question));
        });

    [Fact]
    public void Decisions_survive_the_wire() =>
        Seeded.Check(Decisions, 1_000, decision =>
        {
            var bytes = PolicyMapper.ToMessage(decision).ToByteArray();
            Json(PolicyMapper.ToRecord(V1.PolicyDecision.Parser.ParseFrom(bytes))).ShouldBe(Json(decision));
        });

    [Fact]
    public void Every_optional_value_is_told_apart_from_an_empty_one()
    {
        var caller = Policies.Person() with
        {
            OrgId = "",
            Team = "",
            Plan = "",
            ClientId = "",
            ClientName = "",
            DisplayName = "",
            Actor = "",
            Agent = "",
            SessionId = "",
            Acr = "",
            AuthTime = DateTimeOffset.UnixEpoch.AddTicks(1),
        };
        var question = caller.Asks("") with { MaxOutputTokens = 0, Purpose = "" };
        Json(PolicyMapper.ToRecord(PolicyMapper.ToMessage(question))!).ShouldBe(Json(question));
    }

    [Fact]
    public void An_empty_decision_refuses()
    {
        var decision = PolicyMapper.ToRecord(new V1.PolicyDecision());
        (decision.Effect, decision.Permits).ShouldBe((PolicyEffect.Unspecified, false));
        PolicyMapper.ToRecords(new V1.PolicyDecisions(), 2).Select(d => d.Permits).ShouldBe([false, false]);
        PolicyMapper.ToRecords(new V1.PolicyDecisions { Decisions = { new V1.PolicyDecision { Effect = V1.PolicyEffect.Allow } } }, 2).ShouldAllBe(d => !d.Permits);
    }

    [Fact]
    public void An_empty_question_is_none() => PolicyMapper.ToRecord(new V1.PolicyQuestion()).ShouldBeNull();

    [Fact]
    public void A_question_at_no_possible_time_is_none()
    {
        var message = PolicyMapper.ToMessage(Policies.Person().Asks("m"));
        message.Now = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = long.MaxValue };
        PolicyMapper.ToRecord(message).ShouldBeNull();
        message.Now = new Google.Protobuf.WellKnownTypes.Timestamp { Nanos = -1 };
        PolicyMapper.ToRecord(message).ShouldBeNull();
    }

    [Fact]
    public void What_a_later_version_adds_is_unspecified_here()
    {
        var decision = PolicyMapper.ToRecord(new V1.PolicyDecision
        {
            Effect = (V1.PolicyEffect)99,
            Permitted = { new V1.PermittedTarget { TargetId = "t", Obligations = { new V1.Obligation { Kind = (V1.ObligationKind)99 } } } },
        });
        (decision.Effect, decision.Permitted[0].Obligations[0].Kind).ShouldBe((PolicyEffect.Unspecified, ObligationKind.Unspecified));

        var message = PolicyMapper.ToMessage(Policies.Person().Asks("m"));
        message.Identity.Kind = (Common.IdentityKind)99;
        message.Identity.Attributes.Add(new Common.IdentityAttribute { Name = "a", Type = (Common.IdentityAttributeType)99 });
        message.Content.Status = (Common.ContentStatus)99;
        var question = PolicyMapper.ToRecord(message)!;
        (question.Identity.Kind, question.Identity.Attributes[0].Type, question.Content.Status).ShouldBe((IdentityKind.Unspecified, IdentityAttributeType.Unspecified, ContentStatus.Unspecified));
        message.Content = null;
        PolicyMapper.ToRecord(message)!.Content.Status.ShouldBe(ContentStatus.Unspecified);
    }

    [Fact]
    public void Fields_that_a_later_version_adds_are_skipped()
    {
        // Field 1000, varint 1, behind a whole question.
        byte[] bytes = [.. PolicyMapper.ToMessage(Policies.Person().Asks("m")).ToByteArray(), 0xC0, 0x3E, 0x01];
        Json(PolicyMapper.ToRecord(V1.PolicyQuestion.Parser.ParseFrom(bytes))!).ShouldBe(Json(Policies.Person().Asks("m")));
    }

    [Theory]
    [InlineData(typeof(PolicyEffect), typeof(V1.PolicyEffect))]
    [InlineData(typeof(ObligationKind), typeof(V1.ObligationKind))]
    [InlineData(typeof(IdentityKind), typeof(Common.IdentityKind))]
    [InlineData(typeof(IdentityAttributeType), typeof(Common.IdentityAttributeType))]
    [InlineData(typeof(ContentStatus), typeof(Common.ContentStatus))]
    public void Enums_have_the_same_names_and_numbers_on_both_sides(Type record, Type message) => EnumPair.ShouldBeEqual(record, message);

    private static Gen<PolicyDecision> Decisions =>
        from effect in Gen.Elements(Enum.GetValues<PolicyEffect>())
        from targets in Gen.SubListOf("a", "b", "c")
        from kind in Gen.Elements(Enum.GetValues<ObligationKind>())
        from types in Gen.SubListOf("EMAIL", "PHONE")
        from value in Gen.Elements<long?>(null, 0, long.MaxValue)
        from message in Gen.Elements(null, "", "No.")
        from scopes in Gen.SubListOf("s1", "s2")
        from ids in Gen.SubListOf("r1", "r2")
        select new PolicyDecision
        {
            Effect = effect,
            Permitted = [.. targets.Select(t => new PermittedTarget { TargetId = t, Obligations = [new Obligation { Kind = kind, Types = [.. types], Value = value }] })],
            Reasons = [new PolicyReason { Code = "c", Message = message, MissingScopes = [.. scopes] }],
            PassedOver = [.. scopes.Select(s => new PolicyReason { Code = s, Message = message })],
            RequiredScopes = [.. scopes.Append("held")],
            RuleIds = [.. ids],
            PolicyRevision = "rev",
        };

    private static string Json<T>(T record) => JsonSerializer.Serialize(record);
}
