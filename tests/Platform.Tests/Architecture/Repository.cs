namespace GatewayStack.Platform.Tests.Architecture;

/// <summary>The files of the work tree, as somebody who cloned it has them.</summary>
internal static class Repository
{
    private static readonly HashSet<string> NotSource =
        new(["bin", "obj", ".git", "node_modules", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea", ".data"], StringComparer.Ordinal);

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The absolute path of a file, given relative to the root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Every source file below a folder, as paths relative to the root with forward slashes.</summary>
    /// <param name="folder">Relative to the root; empty for all.</param>
    /// <param name="extension">With its dot; null for every file.</param>
    public static IReadOnlyList<string> Files(string folder = "", string? extension = null)
    {
        var found = new List<string>();
        Collect(new DirectoryInfo(PathOf(folder)), extension, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>The project file that a source file belongs to.</summary>
    public static string ProjectOf(string relative)
    {
        for (var folder = Path.GetDirectoryName(PathOf(relative))!; folder.Length >= Root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (Directory.GetFiles(folder, "*.csproj") is [var project])
            {
                return Path.GetRelativePath(Root, project).Replace('\\', '/');
            }
        }

        throw new InvalidOperationException($"{relative} belongs to no project.");
    }

    private static void Collect(DirectoryInfo folder, string? extension, List<string> found)
    {
        foreach (var file in folder.EnumerateFiles().Where(f => extension is null || string.Equals(f.Extension, extension, StringComparison.Ordinal)))
        {
            found.Add(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'));
        }

        foreach (var child in folder.EnumerateDirectories().Where(d => !NotSource.Contains(d.Name)))
        {
            Collect(child, extension, found);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GatewayStack.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
