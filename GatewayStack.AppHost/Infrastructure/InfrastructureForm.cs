using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>Where Redis, Postgres and Kafka come from.</summary>
internal enum InfrastructureForm
{
    /// <summary>From a container engine.</summary>
    Containers,

    /// <summary>From the programs on this machine, started on loopback.</summary>
    Installed,

    /// <summary>From nowhere: every service keeps its data itself.</summary>
    Embedded,
}

/// <summary>The form that <c>Infrastructure</c> asks for, and why it is that one.</summary>
internal sealed record FormChoice(InfrastructureForm Form, string Reason)
{
    /// <summary>The word for it, as it is asked for.</summary>
    public string Word => Form.ToString().ToLowerInvariant();

    /// <summary>Chooses.</summary>
    /// <param name="configuration"><c>Infrastructure</c>: <c>containers</c>, <c>installed</c>, <c>embedded</c> or <c>auto</c>, which is the default.</param>
    /// <param name="tools">What is on this machine.</param>
    /// <exception cref="StackRefusedException">An unknown word, or a form whose tools are missing.</exception>
    public static FormChoice From(IConfiguration configuration, ITools tools)
    {
        var asked = configuration["Infrastructure"] is { Length: > 0 } word ? word : "auto";
        return asked switch
        {
            "auto" => Choose(tools),
            "containers" when tools.ContainerEngineAnswers() => new(InfrastructureForm.Containers, "asked for"),
            "containers" => throw new StackRefusedException("Infrastructure=containers needs a container engine, and none answers: install one (Debian: apt-get install docker.io) and start it, or leave the setting out."),
            "installed" when tools.FindMissing() is [] => new(InfrastructureForm.Installed, "asked for"),
            "installed" => throw new StackRefusedException($"Infrastructure=installed lacks {string.Join("; ", tools.FindMissing())}."),
            "embedded" => new(InfrastructureForm.Embedded, "asked for"),
            _ => throw new StackRefusedException($"Infrastructure '{asked}' is unknown: use auto, containers, installed or embedded."),
        };
    }

    private static FormChoice Choose(ITools tools)
    {
        if (tools.ContainerEngineAnswers())
        {
            return new(InfrastructureForm.Containers, "a container engine answers");
        }

        return tools.FindMissing() is { IsEmpty: false } missing
            ? new(InfrastructureForm.Embedded, $"no container engine answers, and installed servers lack {string.Join("; ", missing)}")
            : new(InfrastructureForm.Installed, "no container engine answers; Redis, Postgres and Kafka are installed");
    }
}
