using System.Globalization;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Router;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.Platform.Tests.Docs;
using GatewayStack.Router.Routing;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>The Kubernetes manifests name what the services have, and nothing else.</summary>
public sealed partial class KubernetesTests
{
    private const string Http = "http";
    private const string Grpc = "grpc";

    // What a host of a module does before it is ended by force (ServiceDefaults); the Router's own setting for it.
    private const int ModuleStopSeconds = 30;

    public static TheoryData<string> Forms => [Manifests.Files, Manifests.Base, Manifests.Production];

    [Fact]
    public void Every_file_is_a_resource()
    {
        var kustomization = Manifests.Kustomization(Manifests.Base);
        Repository.Files("deploy/kubernetes/base", ".yaml").Select(f => Path.GetFileName(f)!).Where(f => f != "kustomization.yaml")
            .ShouldBe(kustomization.Resources.Order(StringComparer.Ordinal));
        var overlay = Manifests.Kustomization(Manifests.Production);
        Repository.Files("deploy/kubernetes/overlays/production/tls", ".yaml").Select(f => "tls/" + Path.GetFileName(f))
            .ShouldBe(overlay.Patches.Select(p => p.GetValueOrDefault("path")).OfType<string>().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Names_are_unique_and_all_is_in_one_namespace(string form)
    {
        var manifests = Manifests.Of(form);
        manifests.Objects.Select(o => $"{o.Kind}/{o.Metadata.Name}").ShouldBeUnique();
        if (form != Manifests.Files)
        {
            manifests.Objects.ShouldAllBe(o => o.Kind == V1Namespace.KubeKind ? o.Metadata.Name == "gatewaystack" : o.Metadata.NamespaceProperty == "gatewaystack");
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Images_are_the_six_services_of_this_version(string form)
    {
        var manifests = Manifests.Of(form);
        var version = Version().Match(File.ReadAllText(Repository.PathOf("Directory.Build.props"))).Groups["version"].Value;
        manifests.Services.Select(w => w.Name).Order(StringComparer.Ordinal).ShouldBe(Calls.Services);
        manifests.Workloads.Where(w => w.Kind == V1Job.KubeKind).Select(w => w.Name).Order(StringComparer.Ordinal)
            .ShouldBe(Calls.Services.Where(s => Calls.DatabaseOf(s) is not null).Select(s => s + "-migrations"));
        foreach (var workload in manifests.Workloads)
        {
            var service = workload.Name.Split('-')[0];
            var image = workload.Container.Image;
            (form == Manifests.Files ? $"{image}:{manifests.Images[image]}" : image).ShouldBe($"gatewaystack/{service}:{version}");
            Images.Services.ShouldContain(Images.ServiceOf(service));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Variables_are_settings(string form)
    {
        var manifests = Manifests.Of(form);
        Settings.Unknown(manifests.Common.Keys).ShouldBeEmpty();
        foreach (var workload in manifests.Workloads)
        {
            Settings.Unknown(workload.Variables.Keys).ShouldBeEmpty(workload.Name);
            workload.Container.EnvFrom[0].ConfigMapRef.Name.ShouldStartWith("gatewaystack");
            workload.Variables["Data__Path"].Value.ShouldBeOneOf([.. workload.Container.VolumeMounts.Select(m => m.MountPath)], workload.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Ports_are_those_that_a_service_listens_on(string form)
    {
        foreach (var workload in Manifests.Of(form).Services)
        {
            var listened = workload.Service == "router"
                ? new Dictionary<string, string> { [Http] = "ASPNETCORE_URLS", ["management"] = "Management__Url" }
                : new Dictionary<string, string> { [Http] = "Kestrel__Endpoints__http__Url", [Grpc] = "Kestrel__Endpoints__grpc__Url" };
            var tls = form == Manifests.Production && workload.Service != "router";
            workload.Container.Ports.Select(p => $"{p.Name} {(tls ? "https" : "http")}://0.0.0.0:{p.ContainerPort}")
                .ShouldBe(listened.Select(l => $"{l.Key} {workload.Variables[l.Value].Value}"), workload.Name);
            workload.Container.Ports.Select(p => p.ContainerPort).ShouldBeSubsetOf(Images.Ports, workload.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Services_lead_to_ports_of_pods(string form)
    {
        var manifests = Manifests.Of(form);
        foreach (var service in manifests.Of<V1Service>())
        {
            var selected = manifests.Services.Single(w => service.Spec.Selector.All(s => w.Template.Metadata.Labels.Contains(s)));
            foreach (var port in service.Spec.Ports)
            {
                selected.Container.Ports.ShouldContain(p => p.Name == port.TargetPort.Value, service.Metadata.Name);
            }
        }

        foreach (var set in manifests.Of<V1StatefulSet>())
        {
            manifests.Of<V1Service>().ShouldContain(s => s.Metadata.Name == set.Spec.ServiceName && s.Spec.ClusterIP == "None");
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_knows_the_addresses_of_those_it_calls_and_no_others(string form)
    {
        var manifests = Manifests.Of(form);
        var services = manifests.Of<V1Service>().ToDictionary(s => s.Metadata.Name, StringComparer.Ordinal);
        var scheme = form == Manifests.Production ? "https" : Http;
        foreach (var workload in manifests.Services)
        {
            Calls.AddressesIn(workload.Variables.Keys).ShouldBe(Calls.AddressesOf(workload.Service), workload.Name);
            foreach (var variable in workload.Variables.Values.Where(v => v.Name.StartsWith("services__", StringComparison.Ordinal)))
            {
                var parts = variable.Name.Split("__");
                var (host, expected) = parts[2] == Grpc ? (parts[1] + "-headless", $"dns:///{parts[1]}-headless:8081") : (parts[1], $"{scheme}://{parts[1]}:8080");
                variable.Value.ShouldBe(expected, workload.Name);
                var service = services[host];
                service.Spec.Ports.ShouldContain(p => p.Port == (parts[2] == Grpc ? 8081 : 8080) && p.TargetPort == parts[2], variable.Name);
                (service.Spec.ClusterIP == "None").ShouldBe(parts[2] == Grpc, variable.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_knows_the_secret_of_those_who_may_call_it_and_no_others(string form)
    {
        var manifests = Manifests.Of(form);
        var own = manifests.Services.ToDictionary(w => w.Service, w => Secret(w.Variables["Service__Credential"]), StringComparer.Ordinal);
        own.Values.ShouldBeUnique();
        foreach (var workload in manifests.Services)
        {
            Calls.CallersIn(workload.Variables.Keys).ShouldBe(Calls.CallersOf(workload.Service), workload.Name);
            foreach (var caller in Calls.CallersOf(workload.Service))
            {
                Secret(workload.Variables["Service__Callers__" + caller]).ShouldBe(own[caller].Replace("/credential", "/digest", StringComparison.Ordinal), workload.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_network_lets_in_who_may_call_and_nobody_else(string form)
    {
        var policies = Manifests.Of(form).Of<V1NetworkPolicy>().ToDictionary(p => p.Metadata.Name, p => p.Spec, StringComparer.Ordinal);
        policies.Keys.Order(StringComparer.Ordinal).ShouldBe(Calls.Services.Append("default-deny").Order(StringComparer.Ordinal));
        var nobody = policies["default-deny"];
        (nobody.Ingress, nobody.PolicyTypes.Single(), nobody.PodSelector.MatchLabels.Single()).ShouldBe((null, "Ingress", new("app.kubernetes.io/part-of", "gatewaystack")));
        Manifests.Of(form).Workloads.ShouldAllBe(w => w.Template.Metadata.Labels["app.kubernetes.io/part-of"] == "gatewaystack");
        foreach (var service in Calls.Services)
        {
            var policy = policies[service];
            policy.PodSelector.MatchLabels.Single().ShouldBe(new("app.kubernetes.io/name", service));
            if (service == "router")
            {
                continue;
            }

            var rule = policy.Ingress.Single();
            rule.FromProperty.Select(f => f.PodSelector.MatchLabels.Single().Value).Order(StringComparer.Ordinal).ShouldBe(Calls.CallersOf(service), service);
            rule.FromProperty.ShouldAllBe(f => f.PodSelector.MatchLabels.Single().Key == "app.kubernetes.io/name" && f.NamespaceSelector == null && f.IpBlock == null);
            rule.Ports.Select(p => p.Port.Value).ShouldBe([Http, Grpc], service);
        }

        // Everybody may come to the front door; only who is marked for it to the management address.
        var door = policies["router"].Ingress;
        door.Count.ShouldBe(2);
        (door[0].FromProperty, door[0].Ports.Single().Port.Value).ShouldBe((null, Http));
        door[1].FromProperty.Single().PodSelector.MatchLabels.Single().Key.ShouldBe("gatewaystack.dev/management");
        door[1].Ports.Single().Port.Value.ShouldBe("management");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Probes_ask_for_what_is_served(string form)
    {
        var served = await ServedByHostsAsync();
        served.ShouldContain("/health");
        foreach (var workload in Manifests.Of(form).Services)
        {
            var container = workload.Container;
            var paths = workload.Service == "router"
                ? FrontDoorRoutes.All.Where(r => !r.Management && r.Class == RouteClass.Public && r.Method.Split(',').Contains("GET", StringComparer.Ordinal)).Select(r => r.Pattern).ToList()
                : served;
            var scheme = form == Manifests.Production && workload.Service != "router" ? "HTTPS" : null;
            foreach (var probe in new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe })
            {
                if (probe.Grpc is { } grpc)
                {
                    // The kubelet's gRPC probe speaks no TLS.
                    scheme.ShouldBeNull(workload.Name);
                    container.Ports.Single(p => p.ContainerPort == grpc.Port).Name.ShouldBe(Grpc, workload.Name);
                    continue;
                }

                paths.Contains(probe.HttpGet.Path, StringComparer.Ordinal).ShouldBeTrue(workload.Name);
                probe.HttpGet.Port.Value.ShouldBe(Http, workload.Name);
                probe.HttpGet.Scheme.ShouldBe(scheme, workload.Name);
            }

            container.LivenessProbe.HttpGet.Path.ShouldBe("/alive", workload.Name);
            (container.ReadinessProbe.Grpc is null).ShouldBe(form == Manifests.Production || workload.Service == "router", workload.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Pods_may_do_nothing_that_they_need_not(string form)
    {
        foreach (var workload in Manifests.Of(form).Workloads)
        {
            var (pod, container) = (workload.Pod, workload.Container);
            pod.AutomountServiceAccountToken.ShouldBe(false, workload.Name);
            pod.SecurityContext.RunAsNonRoot.ShouldBe(true, workload.Name);
            pod.SecurityContext.RunAsUser.ShouldBe(Images.User, workload.Name);
            pod.SecurityContext.SeccompProfile.Type.ShouldBe("RuntimeDefault", workload.Name);
            (pod.HostNetwork, pod.HostPID, pod.HostIPC).ShouldBe((null, null, null), workload.Name);
            container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false, workload.Name);
            container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true, workload.Name);
            container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"], workload.Name);
            (container.SecurityContext.Privileged, container.SecurityContext.Capabilities.Add).ShouldBe((null, null), workload.Name);
            string.Join(' ', container.Resources.Requests.Keys.Order(StringComparer.Ordinal)).ShouldBe("cpu memory", workload.Name);
            container.Resources.Limits.ContainsKey("memory").ShouldBeTrue(workload.Name);
            (pod.Volumes ?? []).ShouldAllBe(v => v.HostPath == null);
            container.VolumeMounts.ShouldContain(m => m.MountPath == "/tmp", workload.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_service_scales_survives_a_drain_and_has_time_to_stop(string form)
    {
        var manifests = Manifests.Of(form);
        foreach (var workload in manifests.Services)
        {
            workload.Kind.ShouldBe(workload.Service == "router" ? V1StatefulSet.KubeKind : V1Deployment.KubeKind);
            var budget = manifests.Of<V1PodDisruptionBudget>().Single(b => b.Metadata.Name == workload.Name).Spec;
            budget.Selector.MatchLabels.ShouldAllBe(l => workload.Template.Metadata.Labels.Contains(l));
            budget.MaxUnavailable.Value.ShouldBe("1", workload.Name);
            var scaler = manifests.Of<V2HorizontalPodAutoscaler>().Single(h => h.Metadata.Name == workload.Name).Spec;
            (scaler.ScaleTargetRef.Kind, scaler.ScaleTargetRef.Name).ShouldBe((workload.Kind, workload.Name));
            scaler.MinReplicas!.Value.ShouldBeGreaterThanOrEqualTo(2, workload.Name);
            scaler.MaxReplicas.ShouldBeGreaterThan(scaler.MinReplicas.Value, workload.Name);
            // The autoscaler decides; a number here would undo its decision at every apply.
            workload.Replicas.ShouldBeNull(workload.Name);
            var stop = workload.Service == "router" ? new RouterOptions().DrainSeconds + 5 : ModuleStopSeconds;
            workload.Pod.TerminationGracePeriodSeconds!.Value.ShouldBeGreaterThan(stop + 5, workload.Name);
        }

        manifests.Of<V1Deployment>().ShouldAllBe(d => d.Spec.Strategy.RollingUpdate.MaxUnavailable == "0");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_spool_stays_within_its_volume(string form)
    {
        var manifests = Manifests.Of(form);
        var set = manifests.Of<V1StatefulSet>().Single();
        foreach (var workload in manifests.Services.Where(w => w.Service != "transform"))
        {
            var mount = workload.Container.VolumeMounts.Single(m => m.MountPath == workload.Variables["Data__Path"].Value);
            var claim = workload.Service == "router" ? set.Spec.VolumeClaimTemplates.Single(c => c.Metadata.Name == mount.Name) : null;
            var size = claim is not null ? claim.Spec.Resources.Requests["storage"] : workload.Pod.Volumes.Single(v => v.Name == mount.Name).EmptyDir.SizeLimit;
            long.Parse(workload.Variables["Events__MaxBytes"].Value, CultureInfo.InvariantCulture).ShouldBeLessThan((long)(size.ToDecimal() * 0.8m), workload.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Only_an_owner_has_a_database_and_only_its_job_the_owners_role(string form)
    {
        foreach (var workload in Manifests.Of(form).Workloads)
        {
            var job = workload.Kind == V1Job.KubeKind;
            var database = Calls.DatabaseOf(workload.Service);
            var expected = new List<string>();
            if (database is not null)
            {
                expected.Add($"{database} gatewaystack-{database}/runtime");
                if (job)
                {
                    expected.Add($"{database}-migrations gatewaystack-{database}/migrations");
                }
            }

            if (!job && workload.Service != "transform")
            {
                expected.Add("kafka gatewaystack-kafka/bootstrap");
            }

            if (!job && workload.Service == "limits")
            {
                expected.Add("redis gatewaystack-redis/connection");
            }

            workload.Variables.Values.Where(v => v.Name.StartsWith("ConnectionStrings__", StringComparison.Ordinal)).Select(v => $"{v.Name["ConnectionStrings__".Length..]} {Secret(v)}")
                .Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal), workload.Name);
            workload.Variables.ContainsKey("Keys__Master").ShouldBe(workload.Service == "identity", workload.Name);
            workload.Container.Args?.ShouldBe(["--migrate"]);
            (workload.Container.Args is not null).ShouldBe(job, workload.Name);
        }
    }

    [Theory]
    [InlineData(Manifests.Base)]
    [InlineData(Manifests.Production)]
    public void Secrets_are_those_that_the_page_lists(string form)
    {
        var manifests = Manifests.Of(form);
        var used = manifests.Workloads.SelectMany(w => w.Variables.Values.Where(v => v.ValueFrom is not null).Select(Secret)
            .Concat((w.Pod.Volumes ?? []).Where(v => v.Secret is not null).SelectMany(v => TlsKeys.Select(k => $"{v.Secret.SecretName}/{k}"))));
        var listed = DocPage.Read("docs/deployment.md").Rows(h => h == "Secrets")
            .Where(r => form == Manifests.Production || !r.Code(0).EndsWith("-tls", StringComparison.Ordinal)).SelectMany(r => r.Codes(1).Select(k => $"{r.Code(0)}/{k}"));
        listed.Order(StringComparer.Ordinal).ShouldBe(used.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        manifests.Of<V1Secret>().ShouldBeEmpty("a secret in a file is none");
        manifests.Workloads.SelectMany(w => w.Variables.Values).Where(v => IsSecret().IsMatch(v.Name)).ShouldAllBe(v => v.ValueFrom.SecretKeyRef != null);
    }

    [Fact]
    public void In_production_everything_between_services_is_TLS()
    {
        var manifests = Manifests.Of(Manifests.Production);
        manifests.Common["Service__Tls__Enabled"].ShouldBe("true");
        foreach (var workload in manifests.Workloads)
        {
            var secret = workload.Pod.Volumes.Single(v => v.Secret is not null);
            secret.Secret.SecretName.ShouldBe($"gatewaystack-{workload.Service}-tls");
            var folder = workload.Container.VolumeMounts.Single(m => m.Name == secret.Name).MountPath;
            TlsKeys.Select(k => $"{folder}/{k}").Order(StringComparer.Ordinal)
                .ShouldBe(manifests.Common.Where(v => v.Key.StartsWith("Service__Tls__", StringComparison.Ordinal) && v.Value != "true").Select(v => v.Value).Order(StringComparer.Ordinal));
        }

        manifests.Of<V1Namespace>().Single().Metadata.Labels["pod-security.kubernetes.io/enforce"].ShouldBe("restricted");
    }

    private static string[] TlsKeys => ["ca.crt", "tls.crt", "tls.key"];

    private static string Secret(V1EnvVar variable) => $"{variable.ValueFrom.SecretKeyRef.Name}/{variable.ValueFrom.SecretKeyRef.Key}";

    private static async Task<List<string>> ServedByHostsAsync()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapDefaultEndpoints("a service");
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!)];
    }

    [GeneratedRegex("<Version>(?<version>[^<]+)</Version>", RegexOptions.ExplicitCapture)]
    private static partial Regex Version();

    [GeneratedRegex("^(Service__C|ConnectionStrings__|Keys__)")]
    private static partial Regex IsSecret();
}
