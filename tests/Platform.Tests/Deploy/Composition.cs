using System.Text.RegularExpressions;
using GatewayStack.Platform.Tests.Architecture;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary><c>deploy/compose/compose.yaml</c>. Only members that are named here are read; any other is an error.</summary>
internal sealed partial class Composition
{
    public const string Folder = "deploy/compose";

    public string Name { get; set; } = string.Empty;

    public Dictionary<string, Service> Services { get; set; } = [];

    public Dictionary<string, object?> Volumes { get; set; } = [];

    [YamlMember(Alias = "x-service", ApplyNamingConventions = false)]
    public Service? Common { get; set; }

    public static string Text { get; } = File.ReadAllText(Repository.PathOf(Folder + "/compose.yaml"));

    /// <summary>The six; servers are left out.</summary>
    public IEnumerable<KeyValuePair<string, Service>> Gateway => Services.Where(s => s.Value.Build is not null);

    public static Composition Read() =>
        new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithDuplicateKeyChecking().Build()
            .Deserialize<Composition>(new MergingParser(new Parser(new StringReader(Text))));

    /// <summary>Variables that it takes from <c>.env</c>, without those that have a default.</summary>
    public static IEnumerable<string> Variables() =>
        Variable().Matches(Text).Where(m => !m.Groups["rest"].Value.StartsWith(":-", StringComparison.Ordinal)).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?<rest>[^}]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    internal sealed class Service
    {
        public string Image { get; set; } = string.Empty;

        public BuildSection? Build { get; set; }

        public List<Dictionary<string, string>> EnvFile { get; set; } = [];

        public Dictionary<string, string> Environment { get; set; } = [];

        public List<string> Command { get; set; } = [];

        public List<string> Volumes { get; set; } = [];

        public List<string> Ports { get; set; } = [];

        public List<string> Tmpfs { get; set; } = [];

        public List<string> CapDrop { get; set; } = [];

        public List<string> SecurityOpt { get; set; } = [];

        public bool ReadOnly { get; set; }

        public string Restart { get; set; } = string.Empty;

        public string StopGracePeriod { get; set; } = string.Empty;

        public Dictionary<string, object> Healthcheck { get; set; } = [];

        public Dictionary<string, Dictionary<string, string>> DependsOn { get; set; } = [];
    }

    internal sealed class BuildSection
    {
        public string Context { get; set; } = string.Empty;

        public string Dockerfile { get; set; } = string.Empty;

        public Dictionary<string, string> Args { get; set; } = [];
    }
}
