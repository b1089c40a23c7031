namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>The folder <c>data</c> of the work tree.</summary>
internal static class DataFolder
{
    /// <summary>The path of a file in it.</summary>
    public static string PathOf(string relative) => Path.Combine(Root(), "data", relative);

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GatewayStack.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The work tree was not found.");
    }
}
