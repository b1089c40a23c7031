using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost;

/// <summary>Where the gateway is reached: <c>--FrontDoorPort=N</c>, 8080 unless said; its management address is the port after it.</summary>
internal sealed record FrontDoor(int Port)
{
    private const int DefaultPort = 8080;

    public string Url => $"http://127.0.0.1:{Port}";

    public string ManagementUrl => $"http://127.0.0.1:{Port + 1}";

    public static FrontDoor From(IConfiguration configuration) => configuration["FrontDoorPort"] switch
    {
        null => new FrontDoor(DefaultPort),
        var text when int.TryParse(text, out var port) && port is > 0 and < ushort.MaxValue => new FrontDoor(port),
        var text => throw new StackRefusedException($"FrontDoorPort '{text}' is no port: use 1 to {ushort.MaxValue - 1}."),
    };
}
