using System.Collections.Concurrent;
using System.Diagnostics;
using GatewayStack.Platform.Tests.Architecture;
using k8s;
using k8s.Models;
using YamlDotNet.Serialization;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>The Kubernetes objects of a form: the files of the base as they stand, or what kustomize renders.</summary>
internal sealed class Manifests
{
    /// <summary>The files of the base, which no tool has rendered.</summary>
    public const string Files = "base, as it stands";

    public const string Base = "base";
    public const string Production = "overlays/production";

    private const string Folder = "deploy/kubernetes";

    private static readonly ConcurrentDictionary<string, Manifests> Read = new(StringComparer.Ordinal);

    private Manifests(IReadOnlyList<object> objects, IReadOnlyDictionary<string, string> images)
    {
        Objects = [.. objects.Cast<IKubernetesObject<V1ObjectMeta>>()];
        Workloads =
        [
            .. Of<V1Deployment>().Select(d => new Workload(d.Metadata.Name, d.Kind, d.Spec.Template, d.Spec.Replicas)),
            .. Of<V1StatefulSet>().Select(s => new Workload(s.Metadata.Name, s.Kind, s.Spec.Template, s.Spec.Replicas)),
            .. Of<V1Job>().Select(j => new Workload(j.Metadata.Name, j.Kind, j.Spec.Template, null)),
        ];
        Common = Of<V1ConfigMap>().Single(m => m.Metadata.Name.StartsWith("gatewaystack", StringComparison.Ordinal)).Data.AsReadOnly();
        Images = images;
    }

    public IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects { get; }

    public IReadOnlyList<Workload> Workloads { get; }

    /// <summary>The services; jobs are left out.</summary>
    public IEnumerable<Workload> Services => Workloads.Where(w => w.Kind != V1Job.KubeKind);

    /// <summary>Variables that every container has.</summary>
    public IReadOnlyDictionary<string, string> Common { get; }

    /// <summary>Tags that kustomize would set.</summary>
    public IReadOnlyDictionary<string, string> Images { get; }

    public static Manifests Of(string form) => Read.GetOrAdd(form, f => f == Files ? FromFiles() : Rendered(f));

    public IEnumerable<T> Of<T>() => Objects.OfType<T>();

    public static Kustomization Kustomization(string folder) =>
        new DeserializerBuilder().WithNamingConvention(YamlDotNet.Serialization.NamingConventions.CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking()
            .Build().Deserialize<Kustomization>(File.ReadAllText(Repository.PathOf($"{Folder}/{folder}/kustomization.yaml")));

    private static Manifests FromFiles()
    {
        var kustomization = Kustomization(Base);
        var objects = kustomization.Resources.SelectMany(r => KubernetesYaml.LoadAllFromString(File.ReadAllText(Repository.PathOf($"{Folder}/{Base}/{r}")), typeMap: null, strict: true)).ToList();
        objects.AddRange(kustomization.ConfigMapGenerator.Select(g => new V1ConfigMap
        {
            Kind = V1ConfigMap.KubeKind,
            ApiVersion = V1ConfigMap.KubeApiVersion,
            Metadata = new V1ObjectMeta { Name = g.Name },
            Data = g.Literals.Select(l => l.Split('=', 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal),
        }));
        return new Manifests(objects, kustomization.Images.ToDictionary(i => i.Name, i => i.NewTag, StringComparer.Ordinal));
    }

    private static Manifests Rendered(string folder)
    {
        var start = new ProcessStartInfo("kubectl", ["kustomize", Repository.PathOf($"{Folder}/{folder}")]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("kubectl is not installed: the manifests are not rendered.");
        }

        using (process)
        {
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, error.GetAwaiter().GetResult());
            return new Manifests(KubernetesYaml.LoadAllFromString(text, typeMap: null, strict: true), new Dictionary<string, string>(StringComparer.Ordinal));
        }
    }
}

/// <summary>A set of pods.</summary>
internal sealed record Workload(string Name, string Kind, V1PodTemplateSpec Template, int? Replicas)
{
    public V1PodSpec Pod => Template.Spec;

    public V1Container Container => Pod.Containers.Single();

    public IReadOnlyDictionary<string, V1EnvVar> Variables => Container.Env.ToDictionary(e => e.Name, StringComparer.Ordinal);

    /// <summary>The service whose image runs.</summary>
    public string Service => Container.Image.Split('/', ':')[1];
}

/// <summary>What is read of a kustomization.</summary>
internal sealed class Kustomization
{
    public string ApiVersion { get; set; } = string.Empty;

    public string Kind { get; set; } = string.Empty;

    public string Namespace { get; set; } = string.Empty;

    public List<string> Resources { get; set; } = [];

    public List<Generator> ConfigMapGenerator { get; set; } = [];

    public List<Image> Images { get; set; } = [];

    public List<Dictionary<string, object>> Patches { get; set; } = [];

    internal sealed class Generator
    {
        public string Name { get; set; } = string.Empty;

        public string Behavior { get; set; } = string.Empty;

        public List<string> Literals { get; set; } = [];
    }

    internal sealed class Image
    {
        public string Name { get; set; } = string.Empty;

        public string NewTag { get; set; } = string.Empty;
    }
}
