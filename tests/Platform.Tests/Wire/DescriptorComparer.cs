using Google.Protobuf.Reflection;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>What in a newer set of protos would break a peer that was built from an older one.</summary>
internal static class DescriptorComparer
{
    public static IReadOnlyList<string> Breaks(FileDescriptorSet committed, FileDescriptorSet current)
    {
        var breaks = new List<string>();
        Removed(committed.File.Select(f => f.Name), current.File.Select(f => f.Name), "file", breaks);
        foreach (var before in committed.File)
        {
            if (current.File.FirstOrDefault(f => f.Name == before.Name) is { } after)
            {
                Compare(before.Package, before.MessageType, after.MessageType, breaks);
                Compare(before.Package, before.EnumType, after.EnumType, breaks);
                Compare(before.Package, before.Service, after.Service, breaks);
            }
        }

        return breaks;
    }

    private static void Compare(string scope, IEnumerable<DescriptorProto> committed, IEnumerable<DescriptorProto> current, List<string> breaks)
    {
        var later = current.ToDictionary(m => m.Name);
        foreach (var before in committed)
        {
            var name = $"{scope}.{before.Name}";
            if (!later.TryGetValue(before.Name, out var after))
            {
                breaks.Add($"message {name} was removed");
                continue;
            }

            foreach (var field in before.Field)
            {
                var same = after.Field.FirstOrDefault(f => f.Name == field.Name);
                if (same is null)
                {
                    breaks.Add($"field {name}.{field.Name} was removed or renamed");
                }
                else if (Describe(same) != Describe(field))
                {
                    breaks.Add($"field {name}.{field.Name} was {Describe(field)} and is {Describe(same)}");
                }
            }

            Compare(name, before.NestedType, after.NestedType, breaks);
            Compare(name, before.EnumType, after.EnumType, breaks);
        }
    }

    private static void Compare(string scope, IEnumerable<EnumDescriptorProto> committed, IEnumerable<EnumDescriptorProto> current, List<string> breaks)
    {
        var later = current.ToDictionary(e => e.Name);
        foreach (var before in committed)
        {
            if (!later.TryGetValue(before.Name, out var after))
            {
                breaks.Add($"enum {scope}.{before.Name} was removed");
                continue;
            }

            foreach (var value in before.Value)
            {
                if (after.Value.FirstOrDefault(v => v.Name == value.Name)?.Number != value.Number)
                {
                    breaks.Add($"value {scope}.{before.Name}.{value.Name} was renumbered or removed");
                }
            }
        }
    }

    private static void Compare(string scope, IEnumerable<ServiceDescriptorProto> committed, IEnumerable<ServiceDescriptorProto> current, List<string> breaks)
    {
        var later = current.SelectMany(s => s.Method, (s, m) => Describe(s, m)).ToHashSet(StringComparer.Ordinal);
        breaks.AddRange(committed.SelectMany(s => s.Method, (s, m) => Describe(s, m)).Where(m => !later.Contains(m)).Select(m => $"method {scope}.{m} was removed or changed"));
    }

    private static void Removed(IEnumerable<string> committed, IEnumerable<string> current, string what, List<string> breaks) =>
        breaks.AddRange(committed.Except(current, StringComparer.Ordinal).Select(name => $"{what} {name} was removed"));

    private static string Describe(FieldDescriptorProto field) =>
        $"number {field.Number}, {field.Label} {field.Type} {field.TypeName}{(field.Proto3Optional ? " with presence" : string.Empty)}{(field.HasOneofIndex && !field.Proto3Optional ? " in a oneof" : string.Empty)}";

    private static string Describe(ServiceDescriptorProto service, MethodDescriptorProto method) =>
        $"{service.Name}.{method.Name}({(method.ClientStreaming ? "stream " : string.Empty)}{method.InputType}) returns {(method.ServerStreaming ? "stream " : string.Empty)}{method.OutputType}";
}
