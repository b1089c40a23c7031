using System.Collections.Immutable;

namespace GatewayStack.Contracts.Transform;

/// <summary>The labels and topics that texts can have without a word of the operator's.</summary>
public static class ContentLabels
{
    /// <summary>Personal data.</summary>
    public const string PersonalData = ContentSummary.PersonalData;

    /// <summary>Keys, passwords and what else opens something.</summary>
    public const string Credentials = "credentials";

    /// <summary>Data that the General Data Protection Regulation speaks of.</summary>
    public const string Gdpr = "gdpr";

    /// <summary>Data that the Health Insurance Portability and Accountability Act speaks of.</summary>
    public const string Hipaa = "hipaa";

    /// <summary>Data that the Payment Card Industry's standard speaks of.</summary>
    public const string Pci = "pci";

    /// <summary>Data that the Children's Online Privacy Protection Act speaks of.</summary>
    public const string Coppa = "coppa";

    /// <summary>An attempt to override the assistant's instructions.</summary>
    public const string PromptInjection = "prompt_injection";

    /// <summary>A request to an assistant that stands in data.</summary>
    public const string DataRequest = "data_request";

    /// <summary>About money.</summary>
    public const string Financial = "financial";

    /// <summary>About health.</summary>
    public const string Medical = "medical";

    /// <summary>About law.</summary>
    public const string Legal = "legal";

    /// <summary>Source code.</summary>
    public const string SourceCode = "source_code";

    /// <summary>About employees.</summary>
    public const string Hr = "hr";

    /// <summary>About or by children.</summary>
    public const string Minors = "minors";

    /// <summary>Harmful.</summary>
    public const string Harmful = "harmful";

    /// <summary>About nothing in particular: a topic only.</summary>
    public const string General = "general";

    /// <summary>Characters that nobody sees.</summary>
    public const string HiddenCharacters = "hidden_characters";

    /// <summary>A text that is longer than it may be.</summary>
    public const string OverLong = "over_long";

    /// <summary>Messages in a role that the client's tenant may not use.</summary>
    public const string DeniedRole = "denied_role";

    /// <summary>A prompt of the gateway's goes out with the request.</summary>
    public const string SystemPrompt = "system_prompt";

    /// <summary>All labels.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        PersonalData, Credentials, Gdpr, Hipaa, Pci, Coppa, PromptInjection, DataRequest, Financial, Medical, Legal, SourceCode, Hr, Minors, Harmful,
        HiddenCharacters, OverLong, DeniedRole, SystemPrompt,
    ];

    /// <summary>What a text as a whole can be about: one of these.</summary>
    public static ImmutableArray<string> Topics { get; } = [General, Financial, Medical, Legal, SourceCode];
}
