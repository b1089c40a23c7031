namespace GatewayStack.Transform;

/// <summary>Models of the operator's own, in place of the built-in ones: the section <c>Transform:Models</c>.</summary>
public sealed record ModelOptions
{
    /// <summary>Attempts of a person to override the assistant's instructions; label <c>prompt_injection</c>.</summary>
    public ModelFileOptions? Injection { get; init; }

    /// <summary>Requests to an assistant that stand in data; label <c>data_request</c>.</summary>
    public ModelFileOptions? DataRequest { get; init; }

    /// <summary>Label <c>financial</c>.</summary>
    public ModelFileOptions? Financial { get; init; }

    /// <summary>Label <c>medical</c>.</summary>
    public ModelFileOptions? Medical { get; init; }

    /// <summary>Label <c>legal</c>.</summary>
    public ModelFileOptions? Legal { get; init; }

    /// <summary>Label <c>source_code</c>.</summary>
    public ModelFileOptions? SourceCode { get; init; }

    /// <summary>Label <c>hr</c>.</summary>
    public ModelFileOptions? Hr { get; init; }

    /// <summary>Label <c>minors</c>.</summary>
    public ModelFileOptions? Minors { get; init; }

    /// <summary>Label <c>harmful</c>.</summary>
    public ModelFileOptions? Harmful { get; init; }

    internal ModelFileOptions? Of(string setting) => setting switch
    {
        nameof(Injection) => Injection,
        nameof(DataRequest) => DataRequest,
        nameof(Financial) => Financial,
        nameof(Medical) => Medical,
        nameof(Legal) => Legal,
        nameof(SourceCode) => SourceCode,
        nameof(Hr) => Hr,
        nameof(Minors) => Minors,
        nameof(Harmful) => Harmful,
        _ => null,
    };
}

/// <summary>Where a model lies.</summary>
public sealed record ModelFileOptions
{
    /// <summary>Path of an ML.NET <c>model.zip</c>. Required. The file is read once, at start: a model that cannot be used stops the start.</summary>
    public string Path { get; init; } = string.Empty;
}
