using System.Reflection;

namespace GatewayStack.AppHost.Services;

/// <summary>The executable of a host, as it was built with the AppHost.</summary>
internal static class BuiltHost
{
    /// <summary>
    /// Starts the executable itself. By default the SDK's <c>dotnet run</c> does, which reads the project to find it: one and a half seconds of a processor for each host.
    /// Where an IDE or <c>dotnet watch</c> starts hosts, or the executable is not where builds put it, nothing changes.
    /// </summary>
    public static IResourceBuilder<ProjectResource> RunsAsBuilt(this IResourceBuilder<ProjectResource> host)
    {
        var configuration = host.ApplicationBuilder.Configuration;
        if (!host.ApplicationBuilder.ExecutionContext.IsRunMode || !string.IsNullOrEmpty(configuration["DEBUG_SESSION_PORT"])
            || !string.IsNullOrEmpty(configuration["DOTNET_WATCH"]))
        {
            return host;
        }

        var project = host.Resource.GetProjectMetadata().ProjectPath;
        return Find(project) is { } executable
            ? host.WithAnnotation(new ExecutableAnnotation { Command = executable, WorkingDirectory = Path.GetDirectoryName(project)! })
            : host;
    }

    /// <summary>The executable of a project; null where it is not there.</summary>
    public static string? Find(string project)
    {
        var built = typeof(BuiltHost).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? string.Empty;
        var folder = Path.Combine(Path.GetDirectoryName(project) ?? string.Empty, "bin", built, $"net{Environment.Version.Major}.{Environment.Version.Minor}");
        var executable = Path.Combine(folder, Path.GetFileNameWithoutExtension(project) + (OperatingSystem.IsWindows() ? ".exe" : string.Empty));
        return File.Exists(executable) ? executable : null;
    }
}
