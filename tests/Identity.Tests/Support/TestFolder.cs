namespace GatewayStack.Identity.Tests.Support;

/// <summary>A folder that goes away with the test.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gatewaystack-identity-").FullName;

    public string Identity => System.IO.Path.Combine(Path, "identity");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
