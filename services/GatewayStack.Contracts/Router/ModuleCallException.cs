namespace GatewayStack.Contracts.Router;

/// <summary>Whose fault it is that a call to a module did not end with an answer.</summary>
public enum ModuleFault
{
    /// <summary>Not known: denies.</summary>
    Unspecified = 0,

    /// <summary>Ours: no connection was made, or the breaker is open; nothing of this request was sent.</summary>
    NeverReached = 1,

    /// <summary>The request's: the module says that it cannot be worked on as it is.</summary>
    Request = 2,

    /// <summary>It was sent and did not end with an answer: it may have been worked on, and it may be what broke the module. Or it is not known why it was not sent.</summary>
    Broken = 3,

    /// <summary>The caller's credential or the method is not accepted there: a fault of wiring. Denies, and is an alarm.</summary>
    Wiring = 4,
}

/// <summary>A call to a module over a wire that did not end with an answer. In one process only a module whose own store is away throws it, as never reached.</summary>
public sealed class ModuleCallException : Exception
{
    /// <summary>Says which module, and whose fault it is.</summary>
    public ModuleCallException(string module, ModuleFault fault, Exception? inner = null)
        : base($"The call to the module '{module}' failed ({fault}).", inner)
    {
        Module = module;
        Fault = fault;
    }

    /// <summary>The module.</summary>
    public string Module { get; }

    /// <summary>Whose fault it is.</summary>
    public ModuleFault Fault { get; }
}
