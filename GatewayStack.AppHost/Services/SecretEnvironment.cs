using System.Collections;

namespace GatewayStack.AppHost.Services;

/// <summary>Processes inherit the AppHost's environment: what looks like a secret there is blank in all of them, but for what a service's own settings give it.</summary>
internal static class SecretEnvironment
{
    private static readonly string[] Words = ["KEY", "SECRET", "TOKEN", "PASSWORD", "PASSWD", "CREDENTIAL", "CONNECTIONSTRING"];

    /// <summary>Adds the blanks to every resource that has an environment; after everything else has said what it sets.</summary>
    public static void Blank(IDistributedApplicationBuilder builder)
    {
        var secrets = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => (string)v.Key).Where(IsSecret).ToArray();
        foreach (var resource in builder.Resources.OfType<IResourceWithEnvironment>())
        {
            builder.CreateResourceBuilder(resource).WithEnvironment(context =>
            {
                foreach (var name in secrets)
                {
                    context.EnvironmentVariables.TryAdd(name, string.Empty);
                }
            });
        }
    }

    /// <summary>Judges a variable by its name.</summary>
    public static bool IsSecret(string name) => Array.Exists(Words, w => name.Contains(w, StringComparison.OrdinalIgnoreCase));
}
