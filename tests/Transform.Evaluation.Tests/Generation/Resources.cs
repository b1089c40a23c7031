namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>Text files of this assembly.</summary>
internal static class Resources
{
    /// <summary>Reads one, with line feeds as line ends.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
