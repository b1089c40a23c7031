namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>How the value stands beside the word that announces it.</summary>
internal enum ValueForm
{
    /// <summary><c>password = x</c>, <c>password: x</c>.</summary>
    Assigned,

    /// <summary><c>PASSWORD=x</c> without blanks, as in settings and shells.</summary>
    Setting,

    /// <summary><c>--password x</c>.</summary>
    Argument,

    /// <summary><c>&lt;password&gt;x&lt;/password&gt;</c>.</summary>
    Element,

    /// <summary><c>setPassword("x")</c>, <c>("password", "x")</c>.</summary>
    Call,

    /// <summary>Below its heading in a table.</summary>
    Cell,

    /// <summary><c>the password is x</c>.</summary>
    Said,

    /// <summary><c>the password x</c>, or further behind the verb.</summary>
    Mentioned,
}

/// <summary>A text that may be a secret, with what is known of its place.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">Its length; 0 when there is none.</param>
/// <param name="Form">How it stands there.</param>
/// <param name="Quoted">True when quotes show its ends.</param>
/// <param name="Continues">True when the line goes on with another word.</param>
internal readonly record struct PossibleValue(int Start, int Length, ValueForm Form, bool Quoted, bool Continues);
