namespace GatewayStack.Limits.Documents;

/// <summary>The documents in force where no file is configured.</summary>
internal static class BuiltInDocuments
{
    public static string Limits() => Read("default-limits.json");

    public static string Prices() => Read("default-prices.json");

    private static string Read(string name)
    {
        using var stream = typeof(BuiltInDocuments).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not built in");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
