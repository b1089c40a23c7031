using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Transform;
using Google.Protobuf;
using Common = GatewayStack.Wire.Common.V1;
using V1 = GatewayStack.Wire.Transform.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class TransformMapperTests
{
    [Fact]
    public void Inspections_survive_the_wire()
    {
        Seeded.Check(RecordMaker.Gen<InspectionRequest>(), 300, record =>
            RecordMaker.Json(TransformMapper.ToRecord(V1.InspectionRequest.Parser.ParseFrom(TransformMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
        Seeded.Check(RecordMaker.Gen<InspectionResult>(), 300, record =>
            RecordMaker.Json(TransformMapper.ToRecord(V1.InspectionResult.Parser.ParseFrom(TransformMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
    }

    [Fact]
    public void Edits_survive_the_wire()
    {
        Seeded.Check(RecordMaker.Gen<EditRequest>(r => r with { Segments = [.. r.Segments.Select((s, i) => s with { Id = i })] }), 300, record =>
            RecordMaker.Json(TransformMapper.ToRecord(V1.EditRequest.Parser.ParseFrom(TransformMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
        Seeded.Check(RecordMaker.Gen<EditResult>(), 300, record =>
            RecordMaker.Json(TransformMapper.ToRecord(V1.EditResult.Parser.ParseFrom(TransformMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
    }

    [Fact]
    public void Answers_survive_the_wire()
    {
        Seeded.Check(RecordMaker.Gen<ResponseSession>(), 100, record =>
            RecordMaker.Json(TransformMapper.ToRecord(V1.ResponseSession.Parser.ParseFrom(TransformMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
        Seeded.Check(RecordMaker.Gen<ResponseDelta>(), 100, record =>
            RecordMaker.Json(TransformMapper.ToRecord(V1.ResponseDelta.Parser.ParseFrom(TransformMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));
    }

    [Fact]
    public void Empty_answers_refuse()
    {
        var inspection = TransformMapper.ToRecord(new V1.InspectionResult());
        (inspection.Status, inspection.Metadata.Status, inspection.RuleSet).ShouldBe((InspectionStatus.Unspecified, ContentStatus.Unspecified, ""));
        // "Inspected" without a word about what is in it.
        TransformMapper.ToRecord(new V1.InspectionResult { Status = V1.InspectionStatus.Inspected }).Status.ShouldBe(InspectionStatus.Unspecified);
        TransformMapper.ToRecord(new V1.EditResult()).Status.ShouldBe(EditStatus.Unspecified);
    }

    [Fact]
    public void Requests_that_lack_a_tenant_or_count_below_zero_are_none()
    {
        TransformMapper.ToRecord(new V1.InspectionRequest()).ShouldBeNull();
        TransformMapper.ToRecord(new V1.InspectionRequest { Tenant = "t", KnownChars = -1 }).ShouldBeNull();
        TransformMapper.ToRecord(new V1.InspectionRequest { Tenant = "t" }).ShouldNotBeNull();
        TransformMapper.ToRecord(new V1.EditRequest()).ShouldBeNull();
        TransformMapper.ToRecord(new V1.EditRequest { Tenant = "t", Segments = { new V1.ContentSegment { Id = 1 }, new V1.ContentSegment { Id = 1 } } }).ShouldBeNull();
        TransformMapper.ToRecord(new V1.ResponseSession()).ShouldBeNull();
    }

    [Fact]
    public void What_a_later_version_adds_refuses()
    {
        TransformMapper.ToRecord(new V1.InspectionResult { Status = (V1.InspectionStatus)99, Metadata = new Common.ContentMetadata() }).Status.ShouldBe(InspectionStatus.Unspecified);
        TransformMapper.ToRecord(new V1.EditResult { Status = (V1.EditStatus)99 }).Status.ShouldBe(EditStatus.Unspecified);
        TransformMapper.ToRecord(new V1.InspectionRequest { Tenant = "t", Segments = { new V1.ContentSegment { Origin = (V1.SegmentOrigin)99 } } })!
            .Segments[0].Origin.ShouldBe(SegmentOrigin.Unspecified);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.PositiveInfinity)]
    public void A_score_that_is_none_is_the_highest(double score)
    {
        var result = TransformMapper.ToRecord(new V1.InspectionResult
        {
            Status = V1.InspectionStatus.Inspected,
            Metadata = new Common.ContentMetadata { RiskScore = score, Labels = { new Common.ContentLabel { Confidence = score } } },
            Findings = { new V1.Finding { Score = score } },
            Segments = { new V1.SegmentInspection { Types_ = { new V1.FoundType { Score = score, RiskScore = score, Count = -5 } } } },
        });
        var found = result.Segments[0].Types[0];
        (result.Metadata.RiskScore, result.Metadata.Labels[0].Confidence, result.Findings[0].Score, found.Score, found.RiskScore, found.Count).ShouldBe((1, 1, 1, 1, 1, 1));
        ContentSummary.Combine(result.Segments, []).RiskScore.ShouldBe(1);
    }

    [Theory]
    [InlineData(typeof(SegmentOrigin), typeof(V1.SegmentOrigin))]
    [InlineData(typeof(InspectionStatus), typeof(V1.InspectionStatus))]
    [InlineData(typeof(EditStatus), typeof(V1.EditStatus))]
    public void Enums_have_the_same_names_and_numbers_on_both_sides(Type record, Type message) => EnumPair.ShouldBeEqual(record, message);
}
