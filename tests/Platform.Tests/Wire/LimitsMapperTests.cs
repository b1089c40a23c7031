using GatewayStack.Contracts.Limits;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Common;
using GatewayStack.Wire.Limits;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using V1 = GatewayStack.Wire.Limits.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class LimitsMapperTests
{
    [Fact]
    public void Reservations_survive_the_wire() =>
        Seeded.Check(RecordMaker.Gen<ReservationRequest>(), 500, record =>
            RecordMaker.Json(LimitsMapper.ToRecord(V1.ReservationRequest.Parser.ParseFrom(LimitsMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));

    [Fact]
    public void Decisions_survive_the_wire() =>
        Seeded.Check(RecordMaker.Gen<LimitsDecision>(), 500, record =>
            RecordMaker.Json(LimitsMapper.ToRecord(V1.LimitsDecision.Parser.ParseFrom(LimitsMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));

    [Fact]
    public void Settlements_survive_the_wire()
    {
        Seeded.Check(RecordMaker.Gen<Settlement>(), 500, record =>
            RecordMaker.Json(LimitsMapper.ToRecord(V1.Settlement.Parser.ParseFrom(LimitsMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
        Seeded.Check(RecordMaker.Gen<SettlementResult>(r => r.Status == SettlementStatus.Unspecified ? r with { Status = SettlementStatus.Settled } : r), 20, record =>
            LimitsMapper.ToRecord(LimitsMapper.ToMessage(record)).ShouldBe(record));
    }

    [Fact]
    public void Reports_survive_the_wire()
    {
        Seeded.Check(RecordMaker.Gen<LimitsReportRequest>(), 100, record =>
            RecordMaker.Json(LimitsMapper.ToRecord(V1.LimitsReportRequest.Parser.ParseFrom(LimitsMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
        Seeded.Check(RecordMaker.Gen<LimitsReport>(), 100, record =>
            RecordMaker.Json(LimitsMapper.ToRecord(V1.LimitsReport.Parser.ParseFrom(LimitsMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
    }

    [Fact]
    public void Empty_answers_permit_nothing()
    {
        var decision = LimitsMapper.ToRecord(new V1.LimitsDecision());
        (decision.Effect, decision.Permits).ShouldBe((LimitsEffect.Unspecified, false));
        LimitsMapper.ToRecord(new V1.SettlementResult()).Status.ShouldBe(SettlementStatus.Unknown);
        LimitsMapper.ToRecord(new V1.LimitsReport { Limits = { new V1.LimitState { Name = "n" } } }).Limits.ShouldBeEmpty();
    }

    [Fact]
    public void A_hold_that_cannot_be_charged_permits_nothing()
    {
        var hold = new V1.Hold { Tokens = 1, CostMicros = 1, ReservedAt = new Timestamp(), LeaseEndsAt = new Timestamp() };
        Permits(hold).ShouldBeTrue();
        Permits(new V1.Hold(hold) { ReservedAt = null }).ShouldBeFalse();
        Permits(new V1.Hold(hold) { LeaseEndsAt = new Timestamp { Seconds = long.MaxValue } }).ShouldBeFalse();
        Permits(new V1.Hold(hold) { Tokens = -1 }).ShouldBeFalse();
        Permits(new V1.Hold(hold) { CostMicros = -1 }).ShouldBeFalse();

        static bool Permits(V1.Hold hold) => LimitsMapper.ToRecord(new V1.LimitsDecision { Effect = V1.LimitsEffect.Ok, Hold = hold }).Permits;
    }

    [Fact]
    public void What_a_later_version_adds_permits_nothing()
    {
        LimitsMapper.ToRecord(new V1.LimitsDecision { Effect = (V1.LimitsEffect)99 }).Effect.ShouldBe(LimitsEffect.Unspecified);
        LimitsMapper.ToRecord(new V1.SettlementResult { Status = (V1.SettlementStatus)99 }).Status.ShouldBe(SettlementStatus.Unknown);
    }

    [Fact]
    public void Requests_that_do_not_say_who_pays_for_what_and_how_long_are_none()
    {
        LimitsMapper.ToRecord(new V1.ReservationRequest()).ShouldBeNull();
        LimitsMapper.ToRecord(new V1.Settlement()).ShouldBeNull();
        LimitsMapper.ToRecord(new V1.LimitsReportRequest()).ShouldBeNull();

        Reservation().ShouldNotBeNull();
        Reservation(m => m.RequestId = "").ShouldBeNull();
        Reservation(m => m.Identity.PersonId = "").ShouldBeNull();
        Reservation(m => m.Identity.Tenant = "").ShouldBeNull();
        Reservation(m => m.Identity = null).ShouldBeNull();
        Reservation(m => m.Lease = null).ShouldBeNull();
        Reservation(m => m.Lease = new Duration()).ShouldBeNull();
        Reservation(m => m.Lease = new Duration { Seconds = 1, Nanos = -1 }).ShouldBeNull();
        Reservation(m => m.Lease = new Duration { Seconds = long.MaxValue }).ShouldBeNull();
        Reservation(m => m.InputTokenBound = -1).ShouldBeNull();
        Reservation(m => m.Targets.Add(new V1.ReservationTarget { Provider = "p", MaxOutputTokens = -1 })).ShouldBeNull();

        Settle().ShouldNotBeNull();
        Settle(m => m.RequestId = "").ShouldBeNull();
        Settle(m => m.Tenant = "").ShouldBeNull();
        Settle(m => m.PersonId = "").ShouldBeNull();
        Settle(m => m.Attempts[0].Attempt = 0).ShouldBeNull();
        Settle(m => m.Attempts[0].CostMicros = -1).ShouldBeNull();
        Settle(m => m.Attempts[0].Tokens = new V1.TokenUsage { InputTokens = -1 }).ShouldBeNull();
        Settle(m => m.Attempts[0].Tokens = new V1.TokenUsage { OutputTokens = -1 }).ShouldBeNull();
        Settle(m => m.Attempts[0].Tokens = new V1.TokenUsage { CachedInputTokens = -1 }).ShouldBeNull();

        static ReservationRequest? Reservation(Action<V1.ReservationRequest>? change = null)
        {
            var message = new V1.ReservationRequest { RequestId = "r", Identity = CommonMapper.ToMessage(Policies.Person()), Lease = new Duration { Seconds = 1 } };
            change?.Invoke(message);
            return LimitsMapper.ToRecord(message);
        }

        static Settlement? Settle(Action<V1.Settlement>? change = null)
        {
            var message = new V1.Settlement { RequestId = "r", Tenant = "t", PersonId = "p", Attempts = { new V1.AttemptUsage { Attempt = 1, Provider = "p" } } };
            change?.Invoke(message);
            return LimitsMapper.ToRecord(message);
        }
    }

    [Theory]
    [InlineData(typeof(LimitsEffect), typeof(V1.LimitsEffect))]
    [InlineData(typeof(SettlementStatus), typeof(V1.SettlementStatus))]
    public void Enums_have_the_same_names_and_numbers_on_both_sides(System.Type record, System.Type message) => EnumPair.ShouldBeEqual(record, message);
}
