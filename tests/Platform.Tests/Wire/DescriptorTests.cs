using System.Runtime.CompilerServices;
using GatewayStack.Wire.Events.V1;
using GatewayStack.Wire.Identity.V1;
using GatewayStack.Wire.Keys.V1;
using GatewayStack.Wire.Limits.V1;
using GatewayStack.Wire.Policy.V1;
using GatewayStack.Wire.Standings.V1;
using GatewayStack.Wire.Transform.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class DescriptorTests
{
    /// <summary>An old front door with a new module, and the reverse, keep working. UPDATE_DESCRIPTORS=1 accepts the present state as the one to keep.</summary>
    [Fact]
    public void Nothing_that_was_committed_is_renumbered_retyped_or_removed()
    {
        var path = Committed();
        if (Environment.GetEnvironmentVariable("UPDATE_DESCRIPTORS") == "1")
        {
            File.WriteAllBytes(path, Current().ToByteArray());
        }

        var committed = FileDescriptorSet.Parser.ParseFrom(File.ReadAllBytes(path));
        DescriptorComparer.Breaks(committed, Current()).ShouldBeEmpty();
        DescriptorComparer.Breaks(Current(), committed).ShouldBeEmpty("the protos say more than committed.binpb: run this test with UPDATE_DESCRIPTORS=1 and commit the file");
    }

    [Fact]
    public void All_protos_are_looked_at() =>
        Current().File.Select(f => f.Name).ShouldBe(Directory.GetFiles(Path.GetDirectoryName(Committed())!, "*.proto").Select(Path.GetFileName).Order(StringComparer.Ordinal)!);

    /// <summary>Whatever field is renumbered, retyped or removed, in whatever message.</summary>
    [Fact]
    public void No_field_can_change_unseen()
    {
        var fields = 0;
        foreach (var (file, message, field) in from f in Current().File from m in f.MessageType from x in m.Field select (f.Name, m.Name, x.Name))
        {
            fields++;
            Breaks(set => Field(set).Number += 5000).ShouldHaveSingleItem().ShouldContain($"{message}.{field}");
            Breaks(set => Field(set).Type = FieldDescriptorProto.Types.Type.Sfixed32).ShouldHaveSingleItem().ShouldContain($"{message}.{field}");
            Breaks(set => Message(set).Field.Remove(Field(set))).ShouldHaveSingleItem().ShouldContain($"{message}.{field} was removed");

            DescriptorProto Message(FileDescriptorSet set) => set.File.Single(f => f.Name == file).MessageType.Single(m => m.Name == message);
            FieldDescriptorProto Field(FileDescriptorSet set) => Message(set).Field.Single(f => f.Name == field);
        }

        fields.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void A_renumbered_field_is_found() => Breaks(set => Question(set).Field.Single(f => f.Name == "action").Number = 99).ShouldHaveSingleItem().ShouldContain("PolicyQuestion.action");

    [Fact]
    public void A_removed_field_is_found() => Breaks(set => Question(set).Field.RemoveAt(0)).ShouldHaveSingleItem().ShouldContain("PolicyQuestion.request_id was removed");

    [Fact]
    public void A_retyped_field_is_found() =>
        Breaks(set => Question(set).Field.Single(f => f.Name == "max_output_tokens").Type = FieldDescriptorProto.Types.Type.Int32).ShouldHaveSingleItem().ShouldContain("max_output_tokens");

    [Fact]
    public void A_field_that_loses_its_presence_is_found() => Breaks(set => Question(set).Field.Single(f => f.Name == "purpose").Proto3Optional = false).ShouldHaveSingleItem();

    [Fact]
    public void A_renumbered_and_a_removed_enum_value_are_found()
    {
        Breaks(set => Policy(set).EnumType[0].Value[1].Number = 7).ShouldHaveSingleItem().ShouldContain("POLICY_EFFECT_ALLOW");
        Breaks(set => Policy(set).EnumType[0].Value.RemoveAt(3)).ShouldHaveSingleItem().ShouldContain("POLICY_EFFECT_MODIFY");
    }

    [Fact]
    public void A_removed_message_method_or_file_is_found()
    {
        Breaks(set => Policy(set).MessageType.RemoveAt(0)).ShouldHaveSingleItem();
        Breaks(set => Policy(set).Service[0].Method.RemoveAt(0)).ShouldHaveSingleItem();
        Breaks(set => set.File.RemoveAt(set.File.Count - 1)).ShouldHaveSingleItem();
    }

    [Fact]
    public void An_added_field_is_no_break() => Breaks(set => Question(set).Field.Add(new FieldDescriptorProto { Name = "more", Number = 50, Type = FieldDescriptorProto.Types.Type.String })).ShouldBeEmpty();

    [Fact]
    public void Every_enum_begins_with_unspecified() =>
        Current().File.Where(f => f.Package.StartsWith("gatewaystack", StringComparison.Ordinal)).SelectMany(f => f.EnumType)
            .ShouldAllBe(e => e.Value[0].Number == 0 && e.Value[0].Name.EndsWith("_UNSPECIFIED"));

    private static IReadOnlyList<string> Breaks(Action<FileDescriptorSet> change)
    {
        var changed = Current();
        change(changed);
        return DescriptorComparer.Breaks(Current(), changed);
    }

    private static FileDescriptorProto Policy(FileDescriptorSet set) => set.File.Single(f => f.Name == "policy.proto");

    private static DescriptorProto Question(FileDescriptorSet set) => Policy(set).MessageType.Single(m => m.Name == "PolicyQuestion");

    // Our own files, in the order of their names; what Google's say is theirs.
    private static FileDescriptorSet Current()
    {
        FileDescriptor[] roots =
        [
            EventsReflection.Descriptor, IdentityReflection.Descriptor, KeysReflection.Descriptor, LimitsReflection.Descriptor, PolicyReflection.Descriptor, StandingsReflection.Descriptor, TransformReflection.Descriptor,
        ];
        var files = roots.SelectMany(r => r.Dependencies.Append(r)).Distinct().Where(f => f.Package.StartsWith("gatewaystack", StringComparison.Ordinal)).OrderBy(f => f.Name, StringComparer.Ordinal);
        return new FileDescriptorSet { File = { files.Select(f => f.ToProto()) } };
    }

    private static string Committed([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "services", "GatewayStack.Wire", "Protos", "committed.binpb");
}
